/// A plugin that runs where it is to run: in this process, in a worker, or in the sandbox.
#pragma once
#include <memory>

#include "app/tool/exercise.hpp"
#include "edge/plugin/isolation.hpp"
#include "edge/plugin/worker.hpp"

namespace candour::app::tool {

/// Within the walls of a running host; the plugin is loaded and not yet created. Errors: unavailable (no
/// candour-worker), unsupported (this kernel lacks a part of the sandbox), those of loading.
Result<std::shared_ptr<plugin::Worker>> begin_worker(const Subject& subject, bool sandbox);

class Place {
 public:
    /// Created and started. Errors: of the worker, of loading, of its start.
    static Result<std::unique_ptr<Place>> open(const Subject& subject, plugin::Mode mode);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    Instance& instance() { return instance_; }
    sdk::testing::FakeHost& host() { return bench_.host; }

 private:
    Place(const cdr_plugin* plugin, const Subject& subject, std::shared_ptr<plugin::Worker> worker);
    std::shared_ptr<plugin::Worker> worker_;
    Bench bench_;
    Instance instance_;
};

}  // namespace candour::app::tool
