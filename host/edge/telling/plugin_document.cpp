#include "edge/telling/plugin_document.hpp"

#include <boost/json.hpp>

#include "edge/json/members.hpp"

namespace candour::telling {
namespace {

namespace bj = boost::json;

int number_at(const bj::object& object, std::string_view key, int otherwise) {
    const bj::value* found = object.if_contains(key);
    return found != nullptr && found->is_int64() ? static_cast<int>(found->get_int64()) : otherwise;
}

Result<voice::Block> scale_of(const bj::object& object) {
    voice::Block block;
    block.kind = voice::Block::Kind::scale;
    block.from = number_at(object, "from", 0);
    block.to = number_at(object, "to", 10);
    block.lowest = json::text_at(object, "lowest");
    block.highest = json::text_at(object, "highest");
    if (block.from < 0 || block.to > 10 || block.from >= block.to)
        return Error{ErrorCode::invalid, "message document: expected a scale within 0 and 10, found " +
                                             std::to_string(block.from) + " to " + std::to_string(block.to)};
    return block;
}

Result<voice::Block> block_of(const bj::value& value) {
    if (!value.is_object())
        return Error{ErrorCode::invalid, "message document: expected every block to be an object"};
    const std::string type = json::text_at(value.get_object(), "type");
    if (type == "scale") return scale_of(value.get_object());
    voice::Block block;
    block.text = json::text_at(value.get_object(), "text");
    block.link = json::text_at(value.get_object(), "link");
    if (type == "text")
        block.kind = voice::Block::Kind::text;
    else if (type == "quote")
        block.kind = voice::Block::Kind::quote;
    else if (type == "button")
        block.kind = voice::Block::Kind::button;
    else if (type == "answer")
        block.kind = voice::Block::Kind::answer;
    else
        return Error{ErrorCode::invalid,
                     "message document: expected block type text, quote, button, answer or scale, found \"" +
                         type + "\""};
    return block;
}

}  // namespace

Result<voice::PluginMailFacts> read_plugin_document(std::string_view text) {
    boost::system::error_code bad;
    const bj::value value = bj::parse(text, bad);
    if (bad || !value.is_object())
        return Error{ErrorCode::invalid, "message document: expected a JSON object"};
    voice::PluginMailFacts facts;
    facts.subject = json::text_at(value.get_object(), "subject");
    facts.heading = json::text_at(value.get_object(), "heading");
    if (facts.subject.empty())
        return Error{ErrorCode::invalid, "message document: expected a subject, found none"};
    const bj::value* blocks = value.get_object().if_contains("blocks");
    if (blocks == nullptr || !blocks->is_array())
        return Error{ErrorCode::invalid, "message document: expected an array of blocks"};
    for (const bj::value& each : blocks->get_array()) {
        Result<voice::Block> block = block_of(each);
        if (!block) return block.error();
        facts.blocks.push_back(std::move(*block));
    }
    return facts;
}

}  // namespace candour::telling
