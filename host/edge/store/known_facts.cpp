#include "edge/store/known_facts.hpp"

#include "candour_queries.hpp"

namespace candour::store {

flow::Task<Result<std::set<std::string>>> KnownFacts::known(std::string source,
                                                            std::vector<std::string> keys) {
    return database_.read<std::set<std::string>>(
        [source = std::move(source), keys = std::move(keys)](Session& session) {
            std::set<std::string> known;
            for (const std::string& key : keys) {
                long long seq = 0;
                Call call = session.call(sql::ingest::known_observation);
                call.with("source", source).with("key", key).into(seq);
                if (call.next()) known.insert(key);
            }
            return Result<std::set<std::string>>(std::move(known));
        });
}

}  // namespace candour::store
