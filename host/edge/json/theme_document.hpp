/// Themes, and what came of a command for many, as the API says it (schemas/http/openapi.yaml, `Theme`,
/// `ManyReport`).
#pragma once
#include <boost/json/object.hpp>

#include "flow/loop/belonging.hpp"
#include "flow/loop/themes.hpp"

namespace candour::json {

boost::json::object theme_document(const flow::ThemeView& theme);
boost::json::object theme_member_document(const flow::ThemeMember& member);
boost::json::object many_document(const flow::ManyReport& report);
boost::json::object theme_report_document(const flow::ThemeReport& report);
boost::json::object hand_over_document(const flow::HandOverReport& report);

}  // namespace candour::json
