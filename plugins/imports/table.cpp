#include "table.hpp"

#include <algorithm>
#include <utility>

#include "exported.hpp"
#include "field_rows.hpp"

namespace candour::imports {
namespace {

constexpr std::string_view kUtc[] = {"Z", "UTC", "GMT", "Etc/UTC"};

Error unreadable(std::string why) {
    return Error{ErrorCode::invalid, std::move(why)};
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, folded(text)) != words.end();
}

std::string name_in(const Wish& wish, const Layout& layout, const Cells& row) {
    std::string name;
    const auto add = [&name](const std::string& part) {
        if (!part.empty()) name += (name.empty() ? "" : " ") + part;
    };
    if (wish.is_mapped(Role::name)) {
        for (const std::size_t place : layout.of(Role::name))
            if (place < row.size()) add(row[place]);
        return name;
    }
    add(layout.cell(row, Role::name));
    if (!name.empty()) return name;
    add(layout.cell(row, Role::first_name));
    add(layout.cell(row, Role::last_name));
    return name;
}

/// Those who left in the middle: LimeSurvey gives them no date of submission, others say so in a column.
bool is_partial(const Wish& wish, const Layout& layout, const Cells& row) {
    if (is_one_of(layout.cell(row, Role::finished), {"false", "0", "no", "nein", "non"})) return true;
    if (wish.from != "limesurvey" || layout.of(Role::at).empty()) return false;
    const std::size_t submitted = layout.of(Role::at).front();
    return layout.column(submitted).rank == 0 && (submitted >= row.size() || row[submitted].empty());
}

/// Qualtrics counts what its own people tried out among the responses.
Done check_status(const Wish& wish, const std::string& status) {
    if (wish.from != "qualtrics") return done();
    if (is_one_of(status, {"surveypreview", "1"}))
        return unreadable("a preview of the survey, not an answer");
    if (is_one_of(status, {"surveytest", "2"})) return unreadable("a test of the survey, not an answer");
    if (is_one_of(status, {"spam", "8"})) return unreadable("Qualtrics took it for spam");
    return done();
}

Done read_score_of(const Wish& wish, const Layout& layout, const Cells& row, Response& response) {
    const std::string& written = layout.cell(row, Role::score);
    const std::string& type = layout.cell(row, Role::survey_type);
    if (!type.empty() && folded(type) != "nps") {
        if (wish.stream == "relationship.answer")
            return unreadable("survey_type: expected nps for --as relationship.answer, found \"" + type +
                              "\"");
        response.questions.emplace_back(type, written);
        return done();
    }
    const Result<std::optional<int>> score = read_score(written);
    if (!score) return score.error();
    response.score = *score;
    return done();
}

Done read_time_of(const Wish& wish, const Layout& layout, const Cells& row, Response& response) {
    for (const std::size_t place : layout.of(Role::at))
        if (place < row.size() && !row[place].empty())
            return set_time(wish, row[place], layout.column(place).zone, response);
    return unreadable("date: expected the day on which it was said, found nothing");
}

/// Nobody wrote its id into the file, so its content is its name: the same row again is the same answer.
std::string own_name(const Cells& row) {
    std::string content;
    for (const std::string& cell : row) content += std::to_string(cell.size()) + ":" + cell;
    return "row-" + fingerprint(content);
}

void read_person(const Wish& wish, const Layout& layout, const Cells& row, Response& response) {
    response.person = layout.cell(row, Role::person);
    response.email = address(layout.cell(row, Role::email));
    response.name = name_in(wish, layout, row);
    response.account = layout.cell(row, Role::account);
    response.language = language_tag(layout.cell(row, Role::language));
}

}  // namespace

Done set_time(const Wish& wish, std::string_view text, const std::string& zone, Response& response) {
    if (wish.from == "limesurvey" && text.starts_with("1980-01-01"))
        return unreadable("date: LimeSurvey keeps no dates of this survey and writes 1980-01-01 for each");
    Result<Moment> at = read_moment(text, wish.dates);
    if (!at) return at.error();
    response.at = *std::move(at);
    response.written_at = text;
    if (response.at.wall.empty()) return done();
    response.zone = zone.empty() ? wish.zone : zone;
    if (std::ranges::find(kUtc, response.zone) == std::end(kUtc)) return done();
    response.at = {response.at.wall + "Z", {}};
    return done();
}

Result<Response> response_of(const Wish& wish, const Layout& layout, const Cells& row, std::int64_t number) {
    Response response;
    response.row = number;
    response.id = layout.cell(row, Role::id);
    if (response.id.empty() && wish.from != "csv")
        return unreadable("id: expected the response's own number, found nothing");
    if (response.id.empty()) response.id = own_name(row);
    if (Done fits = check_status(wish, layout.cell(row, Role::status)); !fits) return fits.error();
    response.partial = is_partial(wish, layout, row);
    if (response.partial && !wish.partial)
        return unreadable("not finished; such answers are kept when asked for");
    read_person(wish, layout, row, response);
    if (Done fits = read_score_of(wish, layout, row, response); !fits) return fits.error();
    response.comment = layout.cell(row, Role::comment);
    auto& others = wish.from == "delighted" ? response.properties : response.questions;
    for (const std::size_t place : layout.of(Role::question))
        if (place < row.size() && !row[place].empty())
            others.emplace_back(layout.column(place).name, row[place]);
    response.tags = listed(layout.cell(row, Role::tags));
    if (const std::string& notes = layout.cell(row, Role::notes); !notes.empty()) response.notes = {notes};
    response.permalink = layout.cell(row, Role::permalink);
    if (!response.says_something()) return unreadable("it says nothing: neither a score nor a word");
    if (Done fits = read_time_of(wish, layout, row, response); !fits) return fits.error();
    return response;
}

Result<std::size_t> Table::read(std::string_view text, bool last) {
    if (state_.separator == 0) state_.separator = separator_of(text);
    const bool complete = state_.header.size() >= Layout::header_rows(wish_.from) ||
                          state_.row > static_cast<std::int64_t>(state_.header.size());
    if (complete) begin();
    if (!trouble_) return trouble_.error();
    const Result<std::size_t> consumed =
        each_row(text, state_.separator, last, [this](Cells& row) { return take(row); });
    if (!consumed)
        return Error{consumed.error().code,
                     "row " + std::to_string(state_.row + 1) + ": " + consumed.error().message};
    if (last && !layout_ && state_.row > 0) begin();
    if (!trouble_) return trouble_.error();
    if (last && state_.header.empty())
        return unreadable("expected a header that names the columns, found an empty file");
    if (last && is_of_fields()) take_fields(wish_, *layout_, state_.row, state_.pending, delivery_);
    return *consumed;
}

/// From here on the columns are known; header rows that turn out to be none are answers.
void Table::begin() {
    if (state_.header.empty()) {
        trouble_ = unreadable("expected a header that names the columns, found none");
        return;
    }
    std::size_t used = 0;
    Result<Layout> layout = Layout::read(wish_, state_.header, used);
    if (!layout) {
        trouble_ = layout.error();
        return;
    }
    layout_ = *std::move(layout);
    const auto behind = state_.header.begin() + static_cast<std::ptrdiff_t>(used);
    const std::vector<Cells> answers(behind, state_.header.end());
    state_.header.resize(used);
    std::int64_t number = static_cast<std::int64_t>(used);
    for (const Cells& row : answers) take_answer(row, ++number);
}

bool Table::take(Cells& row) {
    ++state_.row;
    if (!to_utf8(row)) return true;
    if (!layout_) {
        take_header(row);
        return bool(trouble_);
    }
    take_answer(row, state_.row);
    return true;
}

void Table::take_header(Cells& row) {
    state_.header.push_back(std::move(row));
    if (state_.header.size() < Layout::header_rows(wish_.from)) return;
    begin();
    if (layout_ && wish_.from != "candour" && wish_.from != "people" && !is_of_fields())
        delivery_.note(layout_->summary());
}

void Table::take_answer(const Cells& row, std::int64_t number) {
    delivery_.count_row();
    const std::size_t width = layout_->width();
    if (row.size() > width && !row[width].empty())
        return delivery_.refuse(number, "expected " + std::to_string(width) +
                                            " cells as in the header, found " + std::to_string(row.size()) +
                                            "; a cell with a separator in it stands in quotes");
    if (is_of_fields()) return take_field(wish_, *layout_, row, number, state_.pending, delivery_);
    if (wish_.from == "candour") return take_exported(*layout_, row, number, delivery_);
    if (wish_.from == "people") return take_person(row, number);
    const Result<Response> response = response_of(wish_, *layout_, row, number);
    if (!response) return delivery_.refuse(number, response.error().message);
    if (!response->at.wall.empty() && response->zone.empty())
        delivery_.note(
            "times in this file name no zone and were taken for those of your organisation's; if that is "
            "wrong, say which zone is meant");
    delivery_.add(*response);
}

void Table::take_person(const Cells& row, std::int64_t number) {
    Response person;
    person.row = number;
    read_person(wish_, *layout_, row, person);
    if (person.person.empty()) person.person = layout_->cell(row, Role::id);
    if (!person.person.empty() && !person.email.empty()) return delivery_.add_person(person);
    delivery_.refuse(number, std::string("expected an id and an e-mail address, found ") +
                                 (person.email.empty() ? "no address" : "no id"));
}

/// What is no UTF-8 in a file that does not claim to be is what older programs of Windows write.
bool Table::to_utf8(Cells& row) {
    if (std::ranges::all_of(row, is_utf8)) return true;
    if (marked_utf8_) {
        delivery_.count_row();
        delivery_.refuse(state_.row, "expected UTF-8, as the file says at its beginning; found other bytes");
        return false;
    }
    for (std::string& cell : row)
        if (!is_utf8(cell)) cell = from_windows_1252(cell);
    delivery_.note(
        "the file is not UTF-8: its letters were read as Windows-1252; look at a name with an accent");
    return true;
}

bool Table::is_of_fields() const {
    return layout_ && wish_.from == "formbricks" && has_fields(*layout_);
}

}  // namespace candour::imports
