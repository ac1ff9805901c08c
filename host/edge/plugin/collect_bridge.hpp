/// A request becomes a JSON document for the plugin, and what the plugin answers becomes a page again.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "candour/abi.h"
#include "candour/result.hpp"
#include "edge/plugin/job.hpp"
#include "flow/ingest/collectors.hpp"

namespace candour::plugin {

/// "The request" of sdk/README.md. `with_names`: the plugin holds the grant subject:names.
std::string request_document(const flow::CollectRequest& request, bool with_names);

/// Only what a plugin may say: a status and a content type from a list, a language, a body
/// of text. Errors: internal (the plugin said something else).
Result<flow::Collected> read_response(std::uint32_t status, std::string_view headers_json,
                                      std::string_view body);

/// One call of handle_http. `run` belongs to the plugin's thread, `take` to the io thread afterwards.
class CollectWork {
 public:
    CollectWork(const cdr_collector* role, void* self, flow::CollectRequest request, bool with_names);
    void run(Job& job);
    void accept_late(flow::Collected answer) { late_ = std::move(answer); }
    Result<flow::Collected> take();
    const flow::CollectRequest& request() const { return request_; }

 private:
    const cdr_collector* role_;
    void* self_;
    flow::CollectRequest request_;
    bool with_names_;
    Result<flow::Collected> direct_;
    std::optional<flow::Collected> late_;
};

}  // namespace candour::plugin
