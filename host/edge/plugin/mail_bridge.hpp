/// A mail goes to the plugin as it came, with its envelope; what the plugin says it means comes back.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "candour/abi.h"
#include "candour/result.hpp"
#include "edge/plugin/job.hpp"
#include "flow/ingest/mails.hpp"

namespace candour::plugin {

/// `envelope_json` of handle_mail.
std::string envelope_document(const std::string& sender, const std::vector<std::string>& recipients);

/// Errors: internal, with the first thing that is wrong, when the reply is no text, too long, no JSON, or not
/// what schemas/json/disposition.schema.json says.
Result<flow::Reading> read_disposition_reply(std::string_view reply);

/// One call of handle_mail. `run` belongs to the plugin's thread, `take` to the io thread afterwards.
class MailWork {
 public:
    MailWork(const cdr_collector* role, void* self, std::string bytes, std::string envelope)
        : role_(role), self_(self), bytes_(std::move(bytes)), envelope_(std::move(envelope)) {}
    void run(Job& job);
    Result<flow::Reading> take() { return std::move(reading_); }

 private:
    const cdr_collector* role_;
    void* self_;
    std::string bytes_;
    std::string envelope_;
    Result<flow::Reading> reading_;
};

}  // namespace candour::plugin
