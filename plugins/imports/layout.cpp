#include "layout.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

namespace candour::imports {
namespace {

namespace json = boost::json;

constexpr std::string_view kNpsGroup = "_NPS_GROUP";

std::string cell_at(const Cells& row, std::size_t place) {
    return place < row.size() ? row[place] : std::string();
}

Column named_column(std::string name) {
    const Meaning meaning = meaning_of(name);
    return {std::move(name), meaning.role, meaning.rank, {}};
}

/// "G01Q01. How likely…" of LimeSurvey, "1. How likely…" of Formbricks: the code may have a meaning, the
/// words are the question.
Column with_code(const std::string& name) {
    Column column = named_column(name);
    const std::size_t point = name.find(". ");
    if (column.role != Role::question || point == std::string::npos) return column;
    const Meaning meaning = meaning_of(name.substr(0, point));
    if (meaning.role != Role::question) return {name, meaning.role, meaning.rank, {}};
    column.name = name.substr(point + 2);
    return column;
}

/// Row 1 has the questions, row 2 the choices; a question that spans columns stands over the first of them.
std::vector<Column> of_surveymonkey(const Cells& questions, const Cells& choices) {
    std::vector<Column> columns;
    std::string question;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (!questions[i].empty()) question = questions[i];
        const std::string choice = cell_at(choices, i), key = folded(choice);
        Column column = named_column(question);
        if (column.role != Role::question || key.empty() || key == "response" || key == "openendedresponse") {
            columns.push_back(std::move(column));
            continue;
        }
        columns.push_back({question + " – " + choice, Role::question, 0, {}});
    }
    return columns;
}

std::string header_member(const std::string& text, const char* name) {
    json::error_code ec;
    const json::value document = json::parse(text, ec);
    const json::value* found = document.is_object() ? document.get_object().if_contains(name) : nullptr;
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

/// Row 3 has what the columns are for Qualtrics itself; row 1 can be renamed, row 2 translated.
std::vector<Column> of_qualtrics(const std::vector<Cells>& header, const Cells& imports) {
    std::vector<Column> columns;
    std::set<std::string> scores;
    for (std::size_t i = 0; i < header[0].size(); ++i) {
        const std::string id = header_member(cell_at(imports, i), "ImportId");
        const std::string words =
            header.size() > 1 && &imports != &header[1] ? cell_at(header[1], i) : std::string();
        const bool of_question = id.starts_with("QID");
        const Meaning meaning = of_question ? Meaning() : meaning_of(id.empty() ? header[0][i] : id);
        columns.push_back({words.empty() ? header[0][i] : words, meaning.role, meaning.rank,
                           header_member(cell_at(imports, i), "timeZone")});
        if (id.ends_with(kNpsGroup)) scores.insert(id.substr(0, id.size() - kNpsGroup.size()));
        if (id.ends_with(kNpsGroup)) columns.back().role = Role::ignored;
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (scores.contains(header_member(cell_at(imports, i), "ImportId"))) columns[i].role = Role::score;
    return columns;
}

bool has_import_ids(const Cells& row) {
    return std::ranges::any_of(
        row, [](const std::string& cell) { return cell.find("\"ImportId\"") != std::string::npos; });
}

std::string some_of(const std::vector<Column>& columns) {
    std::string all;
    for (std::size_t i = 0; i < std::min<std::size_t>(columns.size(), 30); ++i)
        all += (i == 0 ? "\"" : ", \"") + columns[i].name.substr(0, 60) + "\"";
    return all;
}

std::vector<Column> columns_of(const Wish& wish, const std::vector<Cells>& header, std::size_t used) {
    if (wish.from == "surveymonkey") return of_surveymonkey(header[0], used == 2 ? header[1] : Cells());
    if (wish.from == "qualtrics") return of_qualtrics(header, header[used - 1]);
    std::vector<Column> columns;
    for (const std::string& name : header[0]) columns.push_back(with_code(name));
    return columns;
}

std::size_t rows_used(const Wish& wish, const std::vector<Cells>& header) {
    if (wish.from == "surveymonkey") return header.size() > 1 && cell_at(header[1], 0).empty() ? 2 : 1;
    if (wish.from != "qualtrics") return 1;
    for (std::size_t rows = header.size(); rows > 1; --rows)
        if (has_import_ids(header[rows - 1])) return rows;
    return 0;
}

}  // namespace

std::size_t Layout::header_rows(std::string_view from) {
    return from == "qualtrics" ? 3 : from == "surveymonkey" ? 2 : 1;
}

Result<Layout> Layout::read(const Wish& wish, const std::vector<Cells>& header, std::size_t& used) {
    used = rows_used(wish, header);
    if (used == 0)
        return Error{ErrorCode::invalid,
                     "row 3: expected {\"ImportId\": …} in each column, as Qualtrics exports CSV; "
                     "found none. Was the file saved by another program?"};
    Layout layout(columns_of(wish, header, used));
    if (Done mapped = layout.map(wish); !mapped) return mapped.error();
    if (!wish.is_mapped(Role::score)) layout.find_score();
    if (!wish.is_mapped(Role::comment)) layout.find_comment();
    layout.tell_apart();
    layout.index();
    return layout;
}

Done Layout::map(const Wish& wish) {
    for (const auto& [role, names] : wish.columns) {
        if (role != Role::ignored)
            for (Column& column : columns_)
                if (column.role == role) column.role = Role::question;
        int rank = 0;
        for (const std::string& name : names) {
            const auto found = std::ranges::find_if(
                columns_, [&name](const Column& column) { return folded(column.name) == folded(name); });
            if (found == columns_.end())
                return Error{ErrorCode::invalid, "options /columns/" + std::string(to_text(role)) +
                                                     ": the file has no column \"" + name + "\"; it has " +
                                                     some_of(columns_)};
            found->role = role;
            found->rank = rank++;
        }
    }
    return done();
}

bool Layout::has(Role role) const {
    return std::ranges::any_of(columns_, [role](const Column& column) { return column.role == role; });
}

void Layout::find_score() {
    if (has(Role::score)) return;
    const auto found = std::ranges::find_if(columns_, [](const Column& one) {
        return one.role == Role::question && asks_to_recommend(one.name);
    });
    if (found != columns_.end()) found->role = Role::score;
}

/// It stands behind the score that it explains.
void Layout::find_comment() {
    if (has(Role::comment)) return;
    const auto score = std::ranges::find(columns_, Role::score, &Column::role);
    if (score == columns_.end()) return;
    const auto found = std::find_if(std::next(score), columns_.end(), [](const Column& one) {
        return one.role == Role::question && asks_why(one.name);
    });
    if (found != columns_.end()) found->role = Role::comment;
}

/// Two questions of the same words are two questions.
void Layout::tell_apart() {
    std::set<std::string> seen;
    for (Column& column : columns_) {
        if (column.role != Role::question) continue;
        const std::string name = column.name;
        for (int number = 2; !seen.insert(column.name).second; ++number)
            column.name = name + " (" + std::to_string(number) + ")";
    }
}

void Layout::index() {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        places_[static_cast<std::size_t>(columns_[i].role)].push_back(i);
    for (std::size_t role = 1; role < places_.size(); ++role)
        std::ranges::stable_sort(places_[role], {},
                                 [this](std::size_t place) { return columns_[place].rank; });
}

const std::string& Layout::cell(const Cells& row, Role role) const {
    static const std::string nothing;
    for (const std::size_t place : of(role))
        if (place < row.size() && !row[place].empty()) return row[place];
    return nothing;
}

std::string Layout::summary() const {
    const auto name_of = [this](Role role) {
        return of(role).empty() ? std::string("no column")
                                : "\"" + columns_[of(role).front()].name.substr(0, 60) + "\"";
    };
    return "the score is taken from " + name_of(Role::score) + ", the comment from " +
           name_of(Role::comment) + ", who answered from " +
           (of(Role::email).empty() ? name_of(Role::person) : name_of(Role::email));
}

}  // namespace candour::imports
