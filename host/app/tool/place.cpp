#include "app/tool/place.hpp"

#include "app/isolation.hpp"
#include "edge/plugin/walls.hpp"

namespace candour::app::tool {

using plugin::Worker;

Result<std::shared_ptr<Worker>> begin_worker(const Subject& subject, bool sandbox) {
    Result<std::shared_ptr<Worker>> worker = Worker::spawn(isolation_of(Config{}, "sandbox").program);
    if (!worker) return worker.error();
    const Result<std::vector<std::string>> missing =
        (*worker)->confine(plugin::walls_of(subject.manifest, sandbox));
    if (!missing) return missing.error();
    if (!missing->empty())
        return Error{ErrorCode::unsupported, "this kernel offers the sandbox no " + missing->front()};
    const plugin::Manifest& manifest = subject.manifest;
    const Done loaded =
        (*worker)->load({{manifest.library.string(), manifest.id, manifest.version, manifest.parallel},
                         static_cast<std::uint32_t>(manifest.max_concurrency)});
    if (!loaded) return loaded.error();
    return worker;
}

Place::Place(const cdr_plugin* plugin, const Subject& subject, std::shared_ptr<Worker> worker)
    : worker_(std::move(worker)),
      bench_(subject),
      instance_(plugin, subject, bench_.host.raw(), bench_.host) {
    if (worker_) instance_.lives_in(worker_->self_of());
}

Place::~Place() {
    instance_.destroy();
    if (worker_) worker_->retire();
}

Result<std::unique_ptr<Place>> Place::open(const Subject& subject, plugin::Mode mode) {
    std::shared_ptr<Worker> worker;
    const cdr_plugin* found = Worker::descriptor();
    if (mode == plugin::Mode::in_process) {
        const Result<const cdr_plugin*> library = load(subject);
        if (!library) return library.error();
        found = *library;
    } else {
        Result<std::shared_ptr<Worker>> begun = begin_worker(subject, mode == plugin::Mode::sandbox);
        if (!begun) return begun.error();
        worker = *std::move(begun);
    }
    std::unique_ptr<Place> place(new Place(found, subject, std::move(worker)));
    for (const auto& step : {&Instance::create, &Instance::start})
        if (const Answer answer = (place->instance_.*step)(); answer.status != CDR_OK)
            return Error{ErrorCode::invalid, answer.slot + ": " + answer.text};
    return place;
}

}  // namespace candour::app::tool
