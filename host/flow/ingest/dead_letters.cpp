#include "flow/ingest/dead_letters.hpp"

namespace candour::flow {

Task<Result<std::string>> DeadLetters::replay(std::int64_t id, std::string actor) {
    auto finding = store_.find(id);
    Result<DeadLetter> letter = co_await std::move(finding);
    if (!letter) co_return letter.error();
    CollectRequest request = std::move(*letter->request);
    request.attempt = letter->attempts + 1;
    auto working = intake_.again(id, std::move(request));
    const Result<Submitted> submitted = co_await std::move(working);
    if (submitted && !submitted->settled)
        co_return Error{ErrorCode::unavailable, "dead letter " + std::to_string(id) + ": plugin " +
                                                    letter->plugin +
                                                    " failed once more; candour plugin list says how it is"};
    const bool accepted = submitted && submitted->reply.status < 300;
    DeadLetterEnd end;
    end.id = id;
    end.outcome = accepted ? "accepted" : "refused";
    end.status = submitted ? submitted->reply.status : 422;
    end.detail = "replayed by " + actor + (submitted ? "" : ": " + submitted.error().message);
    const std::string outcome = end.outcome;
    auto ending = store_.end(std::move(end), clock_.now());
    const Done ended = co_await std::move(ending);
    if (!ended) co_return ended.error();
    co_return outcome;
}

Task<Done> DeadLetters::discard(std::int64_t id, std::string reason, std::string actor) {
    DeadLetterEnd end;
    end.id = id;
    end.outcome = "discarded";
    end.detail = "by " + actor + ": " + reason;
    auto ending = store_.end(std::move(end), clock_.now());
    Done ended = co_await std::move(ending);
    co_return ended;
}

}  // namespace candour::flow
