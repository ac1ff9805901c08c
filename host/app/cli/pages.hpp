/// A list that the API hands out in pages, as one; and many pieces of a file that go in one after the other.
#pragma once
#include <boost/json/value.hpp>

#include <string>

#include "app/cli/reach.hpp"

namespace candour::app::cli {

/// Every page of `target` (a list without a cursor) until `most` rows are there; 0: all of them. `name` is
/// the list's member. The `next` of the document is that of the last page that was asked for.
Result<boost::json::value> all_pages(const Api& api, const std::string& target, const char* name,
                                     std::size_t most);

/// How far a long work is, on a terminal only; gone as soon as there is something to read instead.
class ProgressBar {
 public:
    ProgressBar(const char* what, std::size_t steps);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    void at(std::size_t step) const;

 private:
    const char* what_;
    std::size_t steps_;
    bool shown_;
};

/// Sends a CSV file in pieces and adds up what the host says to each; lines are those of the whole file.
Result<boost::json::value> send_csv(const Api& api, const std::string& target, const std::string& file);

}  // namespace candour::app::cli
