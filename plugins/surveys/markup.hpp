/// Between the words and the page: what a template is given, and the one place where text becomes HTML.
#pragma once
#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>

namespace candour::surveys {

using Data = kainjow::mustache::data;

std::string escaped(std::string_view text);

void set(Data& data, const std::string& key, std::string_view text);
/// A section that shows its own text when there is one.
void set_if(Data& data, const std::string& key, std::string_view text);
void set_flag(Data& data, const std::string& key, bool flag);

std::string render_survey(const Data& data);
std::string render_notice(const Data& data);

}  // namespace candour::surveys
