/// Calls of the roles that came later: files that are read in, signals.
#include "edge/plugin/import_bridge.hpp"
#include "edge/plugin/instance.hpp"
#include "edge/plugin/signal_bridge.hpp"

namespace candour::plugin {

flow::Task<Result<flow::ImportedPiece>> Instance::import_piece(flow::ImportPiece piece) {
    if (standing_ != Standing::running) co_return absent();
    JobPtr job = new_job("import_piece", manifest_.limits.call, core::kNever);
    job->binding = Binding::bound;
    job->imports = true;
    const auto work = std::make_shared<ImportWork>(roles_.collector, self_, std::move(piece));
    job->work = [work](Job& running) { work->run(running); };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    Result<flow::ImportedPiece> imported = work->take();
    if (imported) imported->facts = std::move(job->imported);
    co_return imported;
}

flow::Task<Result<std::vector<flow::Finding>>> Instance::evaluate(std::string signal,
                                                                  flow::AccountSnapshot snapshot) {
    if (standing_ != Standing::running) co_return absent();
    JobPtr job = new_job("evaluate", manifest_.limits.call, core::kNever);
    job->binding = Binding::refused;  // it says what it sees
    const auto work = std::make_shared<SignalWork>(roles_.signal, self_, std::move(signal), snapshot);
    job->work = [work](Job& running) { work->run(running); };
    const Done verdict = co_await call(job);
    if (!verdict) co_return verdict.error();
    co_return work->take();
}

}  // namespace candour::plugin
