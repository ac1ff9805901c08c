/// A finished mail as another program reads it.
#pragma once
#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>
#include <string>
#include <string_view>

namespace candour::mail {

inline bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

struct Parsed {
    GMimeMessage* message;
    explicit Parsed(const std::string& raw) {
        g_mime_init();
        GMimeStream* stream = g_mime_stream_mem_new_with_buffer(raw.data(), raw.size());
        GMimeParser* parser = g_mime_parser_new_with_stream(stream);
        message = g_mime_parser_construct_message(parser, nullptr);
        g_object_unref(parser);
        g_object_unref(stream);
    }
    ~Parsed() { g_object_unref(message); }
    std::string header(const char* name) const {
        // The fields that describe the content belong to the part in GMime's tree.
        const bool content = std::string_view(name).starts_with("Content-");
        GMimeObject* holder = content ? g_mime_message_get_mime_part(message) : GMIME_OBJECT(message);
        const char* value = g_mime_object_get_header(holder, name);
        return value == nullptr ? "" : value;
    }
    std::string part(int index) const {
        GMimeObject* content = g_mime_message_get_mime_part(message);
        GMimeObject* part = GMIME_IS_MULTIPART(content)
                                ? g_mime_multipart_get_part(GMIME_MULTIPART(content), index)
                                : content;
        GMimeStream* out = g_mime_stream_mem_new();
        g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), out);
        const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
        std::string text(reinterpret_cast<const char*>(bytes->data), bytes->len);
        g_object_unref(out);
        return std::regex_replace(text, std::regex("\r\n"), "\n");
    }
};

inline void is_clean(const std::string& raw) {
    for (std::size_t i = 0; i < raw.size(); ++i) {
        ASSERT_TRUE(raw[i] != '\n' || (i > 0 && raw[i - 1] == '\r')) << "bare line feed at " << i;
        ASSERT_TRUE(raw[i] != '\r' || (i + 1 < raw.size() && raw[i + 1] == '\n')) << "bare CR at " << i;
        ASSERT_LT(static_cast<unsigned char>(raw[i]), 128) << "8-bit byte at " << i;
    }
    std::istringstream lines(raw);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 999U);
    ASSERT_TRUE(raw.ends_with("\r\n"));
}

}  // namespace candour::mail
