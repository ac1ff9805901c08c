#include "edge/store/mail_receive.hpp"

#include "candour_queries.hpp"
#include "crypto/base64.hpp"
#include "crypto/digest.hpp"

namespace candour::store {
namespace {

/// A statement with arrays carries all of them at once; PostgreSQL takes a gigabyte and the memory is ours.
constexpr std::size_t kBytesAtOnce = 8 << 20;

std::string as_parameter(const Session& session, const std::string& bytes) {
    return session.dialect() == Dialect::sqlite ? bytes : crypto::to_base64(bytes);
}

}  // namespace

MailReceiveJob::MailReceiveJob(BatchStep& step, flow::ArrivedMail arrived, core::Instant at)
    : mail(std::move(arrived)), digest(crypto::to_hex(crypto::sha256(mail.bytes))), now(at), step_(step) {}

/// In the order of the digests, so that two hosts which take the same mails do not wait for each other.
void MailReceiveStep::run(Session& session, std::span<Job* const> jobs) {
    std::multimap<std::string_view, MailReceiveJob*> by_digest;
    for (Job* each : jobs) {
        auto& job = static_cast<MailReceiveJob&>(*each);
        by_digest.emplace(job.digest, &job);
    }
    Bulk rows(sql::mails::receive, {"digest", "sender", "recipient", "received_at"});
    auto contents =
        std::make_unique<Bulk>(sql::mails::keep_contents, std::vector<const char*>{"digest", "bytes"});
    std::size_t gathered = 0;
    for (const auto& [digest, job] : by_digest) {
        gathered += job->mail.bytes.size();
        contents->row({job->digest, as_parameter(session, job->mail.bytes)});
        for (const std::string& recipient : job->mail.recipients)
            rows.row({job->digest, job->mail.sender, recipient, std::to_string(core::to_us(job->now))});
        job->set(done());
        if (gathered < kBytesAtOnce) continue;
        contents->run(session);
        contents =
            std::make_unique<Bulk>(sql::mails::keep_contents, std::vector<const char*>{"digest", "bytes"});
        gathered = 0;
    }
    contents->run(session);
    rows.run(session);
}

}  // namespace candour::store
