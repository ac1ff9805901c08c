// Relationship NPS: asks by mail how it is to work with us, and why. See README.md.
#include "candour/plugin.hpp"

#include "letter.hpp"
#include "metric.hpp"
#include "page.hpp"
#include "sample.hpp"
#include "words.hpp"

namespace candour::relationship_nps {

namespace {

class RelationshipNps {
 public:
    explicit RelationshipNps(sdk::Host host) : host_(host) {}

    Result<std::string> compose(const sdk::Call&, std::string_view kind, std::string_view language,
                                std::string_view facts) {
        return invitation(kind, language, facts);
    }

    Result<sdk::Response> handle_http(const sdk::Call&, const sdk::Request& request) {
        const Result<Asked> asked = Asked::read(request.json);
        if (!asked) return asked.error();
        const auto found = definition(asked->subject("about"), spoken(asked->text("language")));
        if (!found) return missing_page(*asked);
        if (!asked->is_answer()) return question_page(*asked, *found, entry_of_link(*asked), false);
        return take_answer(*asked, *found);
    }

    /// campaign.pages: what answering looks like. Nobody's, and nothing is stored.
    Result<std::string> on_event(const sdk::Call&, std::string_view kind, std::string_view payload) {
        if (kind == "campaign.pages") return pages_json(payload);
        return Error{ErrorCode::unsupported, "relationship_nps does not know the event " + std::string(kind)};
    }

    static std::size_t width(std::string_view metric) { return Metric::width(metric); }
    Done unit(std::string_view metric, const sdk::Evaluation& evaluation, sdk::UnitState& state) const {
        return metric_.unit(metric, evaluation, state);
    }
    Result<std::string> finalize(std::string_view metric, const sdk::Groups& groups,
                                 std::string_view request_json) const {
        return metric_.finalize(metric, groups, request_json);
    }

 private:
    Result<sdk::Response> take_answer(const Asked& asked, const Definition& definition) {
        const Entry entry = entry_of_form(asked);
        if (!entry.complete()) return question_page(asked, definition, entry, true);
        const std::string_view language = spoken(asked.text("language"));
        const std::string key(asked.text("key"));
        const Done kept =
            host_.ingest().put("relationship.answer", key, answer_json(asked, definition, entry, language));
        if (!kept) return kept.error();
        if (entry.stance) {
            const std::string stance = stance_json(asked, definition, *entry.stance, language);
            const Done declared = host_.ingest().put("advocacy.declared", key + "/stance", stance);
            if (!declared) return declared.error();
        }
        return thanks_page(asked, entry);
    }

    sdk::Host host_;
    Metric metric_;
};

}  // namespace

}  // namespace candour::relationship_nps

CANDOUR_PLUGIN(candour::relationship_nps::RelationshipNps)
