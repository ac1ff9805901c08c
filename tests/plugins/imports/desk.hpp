/// The plugin on the SDK's own test host, given files as a host gives them: piece by piece.
#pragma once
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <fstream>
#include <iterator>
#include <string>

#include "candour/abi.h"
#include "driven_plugin.hpp"

extern "C" const cdr_plugin* candour_plugin_v1(uint32_t host_minor);

namespace candour::imports {

namespace json = boost::json;

inline std::string file(const std::string& name) {
    std::ifstream in(std::string(IMPORT_FILES) + "/" + name, std::ios::binary);
    EXPECT_TRUE(in) << name;
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A member as text, by its JSON pointer; "" when it is not there.
inline std::string at(const json::value& value, const char* pointer) {
    json::error_code ec;
    const json::value* found = value.find_pointer(pointer, ec);
    if (found == nullptr) return {};
    return found->is_string() ? std::string(found->get_string()) : json::serialize(*found);
}

/// What came of a file.
struct Imported {
    std::vector<json::value> rows;  ///< as the host got them
    std::vector<std::string> streams;
    json::array refused, notes;
    std::int64_t count = 0;
    std::size_t largest_state = 0;
    std::string error;

    std::string why(std::int64_t row) const {
        for (const json::value& each : refused)
            if (each.at("row").as_int64() == row) return std::string(each.at("why").as_string());
        return {};
    }
    bool has_note(std::string_view words) const {
        return json::serialize(notes).find(words) != std::string::npos;
    }
};

class Desk {
 public:
    Desk() {
        host_.grants = {"ingest:survey.answer", "ingest:relationship.answer"};
        const Done started = plugin_.start();
        EXPECT_TRUE(started) << started.error().message;
    }

    Imported read(const std::string& format, const std::string& bytes, const std::string& options = "{}",
                  std::size_t piece = 1024 * 1024) {
        Imported imported;
        json::value state;
        std::size_t offset = 0;
        bool last = false;
        while (!last && imported.error.empty()) {
            const std::string_view rest = std::string_view(bytes).substr(offset);
            const std::string_view given = rest.substr(0, piece);
            last = given.size() == rest.size();
            json::object ask{{"import", format}, {"name", "file"}, {"offset", offset}, {"last", last}};
            ask["state"] = state;
            ask["options"] = json::parse(options);
            const Result<std::string> reply = plugin_.import_piece(json::serialize(ask), given);
            if (!reply) imported.error = reply.error().message;
            if (!reply) break;
            const json::value said = json::parse(*reply);
            offset += said.at("consumed").to_number<std::size_t>();
            state = said.at("state");
            imported.count += said.at("rows").to_number<std::int64_t>();
            imported.largest_state = std::max(imported.largest_state, json::serialize(state).size());
            for (const json::value& each : said.at("refused").as_array()) imported.refused.push_back(each);
            for (const json::value& each : said.at("notes").as_array()) imported.notes.push_back(each);
        }
        for (const sdk::testing::FakeHost::Fact& fact : host_.facts) {
            const json::value batch = json::parse(fact.json);
            for (const json::value& row : batch.as_array()) {
                imported.rows.push_back(row);
                imported.streams.push_back(fact.stream);
            }
        }
        host_.facts.clear();
        return imported;
    }

    /// Whatever somebody says was left by the piece before: an answer or an error, and the plugin goes on.
    bool survives(const std::string& format, const std::string& state) {
        const std::string ask = R"({"import":")" + format +
                                R"(","last":true,"options":{"survey":"s","from":"csv"},"state":)" + state +
                                "}";
        (void)plugin_.import_piece(ask, "1,2,3\n,,\n\"");
        host_.facts.clear();
        return read("csv", "id,date,score\n1,2025-03-31,9\n", R"({"survey":"s"})").rows.size() == 1;
    }

 private:
    sdk::testing::FakeHost host_;
    sdk::testing::DrivenPlugin plugin_{host_, candour_plugin_v1(CDR_ABI_MINOR)};
};

}  // namespace candour::imports
