/// A campaign plugin's words for one message: facts go out as JSON, a message document comes back and is
/// checked.
#pragma once
#include <string>
#include <string_view>

#include "candour/abi.h"
#include "candour/result.hpp"
#include "edge/plugin/job.hpp"
#include "flow/campaign/voices.hpp"

namespace candour::plugin {

/// abi.h, compose: facts_json. `with_names`: the plugin holds the grant subject:names.
std::string facts_document(const flow::WordsRequest& request, bool with_names);

/// Errors: internal, with every place where the document does not fit message.schema.json.
Done check_message(std::string_view document);

/// One call of compose. `run` belongs to the plugin's thread, `take` to the io thread afterwards.
class ComposeWork {
 public:
    ComposeWork(const cdr_campaign* role, void* self, flow::WordsRequest request, bool with_names)
        : role_(role), self_(self), request_(std::move(request)), with_names_(with_names) {}
    void run(Job& job);
    Result<std::string> take() { return std::move(document_); }

 private:
    const cdr_campaign* role_;
    void* self_;
    flow::WordsRequest request_;
    bool with_names_;
    Result<std::string> document_;
};

}  // namespace candour::plugin
