/// What a piece brought: answers on their way to the host, rows that were refused, notes for whoever imports.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "candour/host.hpp"
#include "response.hpp"

namespace candour::imports {

class Delivery {
 public:
    Delivery(sdk::Ingest ingest, const Wish& wish) : ingest_(ingest), wish_(wish) {}

    void add(const Response& response);
    /// A row that is written already.
    void add_row(const std::string& stream, const std::string& row);
    void add_person(const Response& response) { add_row(wish_.stream, person_json(response, wish_)); }
    void refuse(std::int64_t row, std::string_view why);
    /// Once, however often it is said.
    void note(std::string_view text);
    void count_row() { ++rows_; }

    /// The reply to the piece. `state`: JSON. Errors: the host's.
    Result<std::string> reply(std::size_t consumed, const std::string& state);

 private:
    struct Batch {
        std::string rows;
        int count = 0;
    };
    void flush(const std::string& stream, Batch& batch);

    sdk::Ingest ingest_;
    const Wish& wish_;
    std::map<std::string, Batch> batches_;
    std::vector<std::string> notes_;
    std::string refused_;
    std::int64_t rows_ = 0;
    Done failed_ = done();
};

}  // namespace candour::imports
