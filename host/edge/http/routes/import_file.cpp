#include "edge/http/routes/import_file.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace candour::http {

namespace bj = boost::json;

Result<bool> wish_of(const Request& request, std::string_view name,
                     std::initializer_list<std::string_view> known) {
    const Result<Form> query = request.query_fields();
    if (!query) return query.error();
    for (const FormField& field : query->fields())
        if (std::ranges::find(known, field.name) == known.end())
            return Error{ErrorCode::invalid,
                         "query: expected " + std::string(*known.begin()) + ", found \"" + field.name + "\""};
    const std::string_view text = query->get(name);
    if (text.empty() || text == "false" || text == "0") return false;
    if (text == "true" || text == "1") return true;
    return Error{ErrorCode::invalid,
                 std::string(name) + ": expected true or false, found \"" + std::string(text) + "\""};
}

void add_problems(flow::ImportReport& report, std::vector<core::RowProblem> unread) {
    report.problems.insert(report.problems.end(), std::make_move_iterator(unread.begin()),
                           std::make_move_iterator(unread.end()));
    std::ranges::stable_sort(report.problems, {}, &core::RowProblem::line);
}

bj::object report_document(const flow::ImportReport& report) {
    bj::array problems;
    for (const core::RowProblem& problem : report.problems)
        problems.push_back(bj::object{{"line", problem.line}, {"reason", problem.reason}});
    return {{"added", report.added},
            {"changed", report.changed},
            {"unchanged", report.unchanged},
            {"dry_run", report.dry_run},
            {"problems", std::move(problems)}};
}

}  // namespace candour::http
