/// flow::Composer: the words of every mail the host sends, from the ledger, in the reader's language, as
/// MIME.
#pragma once
#include <memory>
#include <string>

#include "core/campaign/own_words.hpp"
#include "core/policies.hpp"
#include "crypto/link_tokens.hpp"
#include "edge/telling/team_letter.hpp"
#include "edge/telling/wave_forms.hpp"
#include "flow/campaign/voices.hpp"
#include "flow/delivery/outbox.hpp"
#include "flow/loop/item_store.hpp"
#include "voice/facts.hpp"
#include "voice/mails.hpp"

namespace candour::telling {

struct Sender {
    std::string name;
    std::string address;
    std::string
        intake{};  ///< where answers come in, such as reply@feedback.example.com; empty: they go to `address`
};

class Composer final : public flow::Composer {
 public:
    Composer(flow::ItemStore& items, flow::Voices& voices, flow::TeamLetters& letters,
             const crypto::LinkTokens& tokens, std::shared_ptr<const core::Policies> policies, Sender sender)
        : items_(items),
          team_(items, letters, tokens, policies, !sender.intake.empty()),
          voices_(voices),
          tokens_(tokens),
          policies_(std::move(policies)),
          sender_(std::move(sender)) {}

    flow::Task<Result<flow::Composed>> compose(flow::DueMessage message) override;
    /// The closing message as it would go out now; nothing is sent.
    flow::Task<Result<voice::Mail>> preview(ItemId item);
    /// What `hear` with this text, by somebody of this name, would send now; nothing is sent. Errors: invalid
    /// without words, conflict when it was heard already.
    flow::Task<Result<voice::Mail>> preview_heard(ItemId item, std::string text, std::string by,
                                                  core::Instant now);
    /// An invitation or a reminder as its reader would get it now; nothing is sent, and its links lead
    /// nowhere.
    flow::Task<Result<voice::Mail>> preview_invitation(flow::DueMessage message);
    std::string page_url(const MessageId& message) const;
    std::string unsubscribe_url(const MessageId& message) const;

 private:
    flow::Task<Result<flow::Composed>> compose_for_us(flow::DueMessage message);
    flow::Task<Result<voice::LoopFacts>> facts_of(ItemId item, std::string url);
    flow::Task<Result<voice::PluginMailFacts>> invitation_facts(flow::DueMessage message);
    flow::Task<Result<flow::Composed>> compose_invitation(flow::DueMessage message);
    Result<flow::Composed> compose_plugin_mail(const flow::DueMessage& message) const;
    /// reply+TOKEN@…: the answer to this message finds its item. Empty when no mail comes in.
    std::string return_address(std::string_view box, const MessageId& message) const;
    Result<flow::Composed> letter_of_a_wave(const flow::DueMessage& message,
                                            const voice::PluginMailFacts& facts);
    struct Answers {
        bool has_place = true;  ///< what is answered to it finds its place
        bool is_one = false;    ///< somebody's mail set it off
    };
    mail::Letter mail_letter(const flow::DueMessage& message, const voice::Mail& words,
                             const std::string& language, Answers answers) const;
    flow::Composed composed(const flow::DueMessage& message, std::string subject, std::string content) const;
    Result<flow::Composed> letter(const flow::DueMessage& message, const voice::Mail& words,
                                  const std::string& language, Answers answers) const;
    Result<flow::Composed> letter(const flow::DueMessage& message, const voice::Mail& words,
                                  const std::string& language) const {
        return letter(message, words, language, Answers{});
    }

    flow::ItemStore& items_;
    TeamTeller team_;
    flow::Voices& voices_;
    const crypto::LinkTokens& tokens_;
    std::shared_ptr<const core::Policies> policies_;
    Sender sender_;
    NameMarks name_marks_;
    WaveForms forms_;
};

}  // namespace candour::telling
