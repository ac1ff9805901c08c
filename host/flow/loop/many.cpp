#include "flow/loop/many.hpp"

#include <algorithm>

namespace candour::flow {

Task<Result<ManyReport>> advance_many(ManyItems& items, std::vector<Aim> aims, Decide decide) {
    ManyReport report;
    for (std::size_t at = 0; at < aims.size(); at += kChunk) {
        const auto begin = aims.begin() + static_cast<std::ptrdiff_t>(at);
        std::vector<Aim> chunk(begin,
                               begin + static_cast<std::ptrdiff_t>(std::min(kChunk, aims.size() - at)));
        auto advancing = items.advance_each(chunk, decide);
        Result<std::vector<Advanced>> outcomes = co_await std::move(advancing);
        if (!outcomes) co_return outcomes.error();
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            const Advanced& outcome = outcomes->at(i);
            if (outcome.item)
                report.done.push_back({outcome.item->id, chunk[i].item.number});
            else
                report.left_out.push_back({chunk[i].item, outcome.moved, outcome.item.error().message});
        }
    }
    co_return report;
}

}  // namespace candour::flow
