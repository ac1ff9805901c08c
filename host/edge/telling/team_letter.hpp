/// The words of a mail to one of us: what its notices say, with the items as they are when it is written.
#pragma once
#include <memory>
#include <string>
#include <utility>

#include "core/policies.hpp"
#include "crypto/link_tokens.hpp"
#include "flow/loop/item_store.hpp"
#include "flow/team/team_mail.hpp"
#include "voice/team.hpp"

namespace candour::telling {

class TeamTeller {
 public:
    /// `can_answer`: mail comes in, so that an answer finds its item.
    TeamTeller(flow::ItemStore& items, flow::TeamLetters& letters, const crypto::LinkTokens& links,
               std::shared_ptr<const core::Policies> policies, bool can_answer)
        : items_(items),
          letters_(letters),
          links_(links),
          policies_(std::move(policies)),
          can_answer_(can_answer) {}

    struct Words {
        voice::Mail mail;
        bool answerable = false;  ///< an answer to it has an item to go to
        bool is_answer = false;   ///< somebody's mail set it off
    };
    flow::Task<Result<Words>> words(MessageId letter);

 private:
    flow::Task<Result<voice::TeamList>> news(std::vector<flow::TeamLetter::Line> lines);
    flow::Task<Result<voice::TeamNews>> one(flow::TeamLetter::Line line);
    flow::Task<Result<voice::TeamList>> owed(flow::ItemQuery query, const char* what);
    flow::Task<Result<Words>> notices(flow::TeamLetter letter);
    flow::Task<Result<Words>> digest(flow::TeamLetter letter);
    Result<Words> refusal(const flow::TeamLetter& letter) const;
    /// The link stands in the mail alone: it is signed when the mail is written, and kept nowhere.
    Result<Words> entrance(const MessageId& id, const flow::TeamLetter& letter) const;
    Result<Words> webhook(const flow::TeamLetter& letter) const;
    voice::TeamNews about(const flow::ItemView& item) const;
    voice::TeamNews about_contact(const flow::TeamLetter::Line& line) const;

    flow::ItemStore& items_;
    flow::TeamLetters& letters_;
    const crypto::LinkTokens& links_;
    std::shared_ptr<const core::Policies> policies_;
    bool can_answer_;
};

}  // namespace candour::telling
