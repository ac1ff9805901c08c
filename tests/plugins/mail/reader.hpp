/// The mail plugin linked into the test and asked through its slot as a host asks it. Every answer is checked
/// against the schema.
#pragma once
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "candour/plugin.hpp"
#include "fake_host.hpp"

namespace candour::mail {

class Reader : public ::testing::Test {
 protected:
    /// As it came; `envelope` is the document of handle_mail.
    Result<std::string> ask(std::string_view raw, std::string_view envelope);
    boost::json::object read(std::string_view raw, std::string_view envelope = "{}");
    /// A text that comes alone.
    boost::json::object read_text(std::string_view text) { return read(text, R"({"as":"text"})"); }
    boost::json::object read_html(std::string_view html) { return read(html, R"({"as":"html"})"); }

    std::string kind_of(std::string_view raw, std::string_view envelope = "{}") {
        return text_of(read(raw, envelope), "disposition");
    }

    static std::string text_of(const boost::json::object& document, std::string_view key) {
        return std::string(document.at(key).as_string());
    }
    static std::vector<std::string> texts_of(const boost::json::object& document, std::string_view key) {
        std::vector<std::string> texts;
        for (const boost::json::value& value : document.at(key).as_array())
            texts.emplace_back(value.as_string());
        return texts;
    }
    static const boost::json::object& bounce(const boost::json::object& document, std::size_t index = 0) {
        return document.at("bounces").as_array().at(index).as_object();
    }

    sdk::testing::FakeHost host;
};

/// What a person's mail program sends; `more` is further header lines, each with its line end.
std::string letter(std::string_view body, std::string_view more = "");

}  // namespace candour::mail
