#include "core/feedback/mail.hpp"

#include <algorithm>

#include "core/feedback/text.hpp"

namespace candour::core {
namespace {

bool says_something(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") != std::string::npos;
}

std::string domain_of(const std::string& address) {
    const std::size_t at = address.rfind('@');
    std::string domain = at == std::string::npos ? std::string() : address.substr(at + 1);
    std::transform(domain.begin(), domain.end(), domain.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return domain;
}

bool within(const std::string& inner, const std::string& outer) {
    return inner == outer || (inner.size() > outer.size() && inner.ends_with("." + outer));
}

/// Anybody can write anything into From; the envelope is what the sending server stood up for. Mailing
/// services send in their own name as well, so this is a remark and no verdict.
std::string oddity(const Disposition& mail, const MailFacts& facts) {
    const std::string in_from = domain_of(mail.from), sent_by = domain_of(facts.envelope_sender);
    if (sent_by.empty() || within(sent_by, in_from) || within(in_from, sent_by)) return {};
    return "sent by " + facts.envelope_sender + ", which is not where " + mail.from + " is at home";
}

std::vector<Contact> likeliest(const std::vector<Contact>& senders) {
    std::vector<Contact> active;
    std::copy_if(senders.begin(), senders.end(), std::back_inserter(active),
                 [](const Contact& one) { return one.active; });
    return active.empty() ? senders : active;
}

MailVerdict hold(std::string why, std::string remark) {
    MailVerdict verdict{MailEffect::hold, std::move(why), {}, {}, false, std::move(remark), {}};
    return verdict;
}

MailVerdict in_thread(const Disposition& mail, const MailFacts& facts) {
    const MailThread& thread = *facts.thread;
    const auto is_theirs = [&](const Contact& one) { return one.id == thread.contact; };
    const bool by_contact =
        mail.from == thread.recipient || std::any_of(facts.senders.begin(), facts.senders.end(), is_theirs);
    std::string remark = oddity(mail, facts);
    if (!by_contact && !facts.senders.empty())
        return hold("another contact, " + mail.from + ", answered what was sent to " + thread.recipient,
                    std::move(remark));
    MailVerdict verdict;
    verdict.effect = thread.item.empty() ? MailEffect::answer : MailEffect::reply;
    verdict.why = "answers message " + thread.message.text();
    verdict.contact = thread.contact;
    verdict.account = thread.account;
    verdict.by_contact = by_contact;
    verdict.remark = by_contact ? std::move(remark) : "answered by another address: " + mail.from;
    return verdict;
}

/// The address that they answered is known to them alone, and From must be theirs as well. Whoever got hold
/// of the one without the other changes nothing, and it is the teammate who hears of that.
MailVerdict of_one_of_us(const Disposition& mail, const MailFacts& facts) {
    const MailThread& thread = *facts.thread;
    MailVerdict verdict;
    verdict.remark = oddity(mail, facts);
    if (!thread.by_token) {
        verdict.why = "answers a mail to one of us without the address that it named for answers";
    } else if (facts.envelope_sender.empty()) {
        verdict.why = "answers a mail to one of us, and nobody stands up for it: it has the null sender";
    } else if (mail.from != thread.recipient) {
        verdict.effect = MailEffect::refuse;
        verdict.why = "other_address";
    } else {
        verdict.effect = thread.over ? MailEffect::refuse : MailEffect::team;
        verdict.why = thread.over ? "too_old" : "one of us answers message " + thread.message.text();
    }
    return verdict;
}

MailVerdict of_a_person(const Disposition& mail, const MailFacts& facts) {
    if (facts.thread && facts.thread->kind == MessageKind::team) return of_one_of_us(mail, facts);
    if (facts.thread) return in_thread(mail, facts);
    const std::vector<Contact> senders = likeliest(facts.senders);
    if (senders.empty())
        return hold("unknown sender: no contact has the address \"" + mail.from + "\"", oddity(mail, facts));
    if (senders.size() > 1)
        return hold(std::to_string(senders.size()) + " contacts have the address " + mail.from,
                    oddity(mail, facts));
    MailVerdict verdict;
    verdict.effect = MailEffect::raise;
    verdict.why = "a mail from " + mail.from;
    verdict.contact = senders.front().id;
    verdict.account = senders.front().account;
    verdict.remark = oddity(mail, facts);
    return verdict;
}

/// Without a thread only a contact's own wish is granted: nobody silences somebody else by guessing an
/// address. Who complains is left alone altogether; who wants no more questions still hears what came of
/// what they said.
MailVerdict of_an_opt_out(const Disposition& mail, const MailFacts& facts) {
    MailVerdict verdict;
    if (!facts.thread && facts.senders.empty()) {
        verdict.why = "no contact has the address \"" + mail.from + "\"";
        return verdict;
    }
    const bool complains = mail.kind == MailKind::complaint;
    if (!complains && facts.thread && facts.thread->kind == MessageKind::team) {
        verdict.why = "one of us chooses with candour teammate notify what they hear of";
        return verdict;
    }
    verdict.effect = complains ? MailEffect::suppress : MailEffect::opt_out;
    verdict.suppress = facts.thread ? facts.thread->recipient : mail.from;
    if (!complains) verdict.contact = facts.thread ? facts.thread->contact : facts.senders.front().id;
    verdict.why = (complains ? "no more mail to " : "no more questions to ") + verdict.suppress;
    return verdict;
}

MailVerdict about_delivery(const Disposition& mail, const MailFacts& facts) {
    MailVerdict verdict;
    if (!facts.thread) {
        verdict.why = "speaks of no message of ours";
        return verdict;
    }
    const auto waits = [](const MailBounce& one) { return one.waits; };
    if (mail.kind == MailKind::bounce && !mail.bounces.empty() &&
        std::all_of(mail.bounces.begin(), mail.bounces.end(), waits)) {
        verdict.why = "the message is late; the other server still tries";
        return verdict;
    }
    verdict.effect = mail.kind == MailKind::bounce ? MailEffect::bounce : MailEffect::deliver;
    verdict.why = "about message " + facts.thread->message.text();
    return verdict;
}

}  // namespace

MailVerdict judge_mail(const Disposition& mail, const MailFacts& facts) {
    switch (mail.kind) {
        case MailKind::human:
        case MailKind::reply:
            return of_a_person(mail, facts);
        case MailKind::bounce:
        case MailKind::delivery_notice:
            return about_delivery(mail, facts);
        case MailKind::complaint:
        case MailKind::unsubscribe:
            return of_an_opt_out(mail, facts);
        default:
            break;
    }
    MailVerdict verdict;
    verdict.why = mail.reason;
    return verdict;
}

std::string words_of(const Disposition& mail) {
    for (const std::string* text : {&mail.reply_trimmed, &mail.reply, &mail.text, &mail.subject})
        if (says_something(*text)) return shortened(*text, kMaxText);
    return {};
}

std::string sameness_of(const Disposition& mail) {
    if (mail.message_id.empty()) return {};
    return mail.message_id + '\n' + mail.from + '\n' + mail.subject + '\n' + mail.text;
}

}  // namespace candour::core
