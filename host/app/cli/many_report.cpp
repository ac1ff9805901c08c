#include "app/cli/many_report.hpp"

#include <boost/json.hpp>
#include <iostream>

#include "app/cli/output.hpp"

namespace candour::app::cli {
namespace {

std::string called(const boost::json::value& item) {
    const std::string alias = text_at(item, "alias");
    return alias.empty() ? text_at(item, "id") : alias;
}

}  // namespace

int print_many(const boost::json::value& report, const std::string& what) {
    const boost::json::array& done = list_at(report, "done");
    const boost::json::array& left = list_at(report, "left_out");
    const bool dry = flag_at(report, "dry_run");
    std::cout << (dry ? "Would be " : "") << what << ": " << done.size()
              << (done.size() == 1 ? " item" : " items");
    if (!left.empty()) std::cout << "; " << left.size() << " left out";
    std::cout << ".\n";
    if (!left.empty()) {
        Table table({"LEFT OUT", "MOVED", "WHY"});
        for (const boost::json::value& each : left)
            table.row({called(each), flag_at(each, "moved") ? "yes" : "", text_at(each, "reason")});
        table.print();
    }
    if (dry) std::cout << "Nothing was done. Without --dry-run it is.\n";
    return done.empty() && !left.empty() ? kFailed : kOk;
}

}  // namespace candour::app::cli
