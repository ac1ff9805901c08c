#include "app/cli/pages.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>

#include "app/cli/csv_pieces.hpp"
#include "app/cli/output.hpp"

namespace candour::app::cli {
namespace {

constexpr std::size_t kPieceBytes = 512 * 1024;
constexpr std::size_t kBarWidth = 30;

void add_up(boost::json::object& total, const boost::json::value& report, int skipped) {
    for (const char* count : {"added", "changed", "unchanged"})
        if (at(report, count).is_number()) total[count] = number_at(total, count) + number_at(report, count);
    total["dry_run"] = flag_at(report, "dry_run");
    boost::json::array& problems =
        total["problems"].is_array() ? total["problems"].get_array() : total["problems"].emplace_array();
    for (boost::json::value problem : list_at(report, "problems")) {
        problem.get_object()["line"] = number_at(problem, "line") + skipped;
        problems.push_back(std::move(problem));
    }
}

}  // namespace

Result<boost::json::value> all_pages(const Api& api, const std::string& target, const char* name,
                                     std::size_t most) {
    boost::json::array rows;
    for (std::string cursor;;) {
        const std::string with = target + (target.find('?') == std::string::npos ? "?" : "&");
        const Result<boost::json::value> page = api.get(cursor.empty() ? target : with + "cursor=" + cursor);
        if (!page) return page.error();
        for (const boost::json::value& row : list_at(*page, name)) rows.push_back(row);
        cursor = text_at(*page, "next");
        if (!cursor.empty() && (most == 0 || rows.size() < most)) continue;
        return boost::json::value(boost::json::object{
            {name, std::move(rows)},
            {"next", cursor.empty() ? boost::json::value(nullptr) : boost::json::value(cursor)}});
    }
}

ProgressBar::ProgressBar(const char* what, std::size_t steps)
    : what_(what), steps_(steps), shown_(steps > 1 && isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    if (shown_) std::cerr << "\r\x1b[K" << std::flush;
}

void ProgressBar::at(std::size_t step) const {
    if (!shown_) return;
    const std::size_t done = kBarWidth * step / steps_;
    std::cerr << "\r[" << std::string(done, '#') << std::string(kBarWidth - done, ' ') << "] "
              << 100 * step / steps_ << " % " << what_ << std::flush;
}

Result<boost::json::value> send_csv(const Api& api, const std::string& target, const std::string& file) {
    std::vector<CsvPiece> pieces = csv_pieces(file, kPieceBytes);
    const ProgressBar bar("of the file", pieces.size());
    boost::json::object total;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        bar.at(i);
        const Result<boost::json::value> report =
            api.post_text(target, std::move(pieces[i].text), "text/csv");
        if (!report) return report.error();
        add_up(total, *report, pieces[i].skipped);
    }
    return boost::json::value(std::move(total));
}

}  // namespace candour::app::cli
