#include "app/cli/survey_results.hpp"

#include <boost/json.hpp>
#include <cmath>
#include <iostream>
#include <map>

#include "app/cli/output.hpp"
#include "app/cli/reach.hpp"
#include "app/cli/survey_definitions.hpp"

namespace candour::app::cli {
namespace {

/// Fewer answers say little.
constexpr std::int64_t kSmallNumber = 10;

/// What one question brought.
struct QuestionTally {
    std::int64_t answers = 0, numbers = 0;
    double sum = 0;
    std::map<std::string, std::int64_t> chosen;

    void take(const boost::json::value& value) {
        if (value.is_number()) {
            ++numbers;
            sum += value.to_number<double>();
            ++chosen[boost::json::serialize(value)];
        } else if (const auto* list = value.if_array()) {
            for (const boost::json::value& one : *list)
                if (one.is_string()) ++chosen[std::string(one.get_string())];
        } else {
            ++chosen[value.is_string() ? std::string(value.get_string()) : value == true ? "yes" : "no"];
        }
        ++answers;
    }
    double mean() const { return numbers == 0 ? 0 : sum / static_cast<double>(numbers); }
};

/// Answers of people by their latest word, of everybody else as they came.
class SurveyTally {
 public:
    explicit SurveyTally(std::string survey) : survey_(std::move(survey)) {}

    void take_row(const boost::json::value& row) {
        if (text_at(row, "about") != survey_ || text_at(row, "class") == "likely_bot") return;
        const std::string contact = text_at(at(row, "contact"), "id");
        boost::json::value answer = at(row, "answers");
        if (boost::json::object* object = answer.if_object(); object && at(row, "score").is_number())
            (*object)["_score"] = at(row, "score");
        if (!contact.empty())
            latest_[contact] = std::move(answer);
        else if (text_at(row, "kind") == "survey.answer")  // nobody knows whose the unfinished ones were
            count(answer);
    }
    const std::map<std::string, QuestionTally>& finish() {
        for (const auto& [contact, answer] : latest_) count(answer);
        latest_.clear();
        return tallies_;
    }
    std::int64_t answers() const { return answers_; }

 private:
    void count(const boost::json::value& answer) {
        ++answers_;
        const boost::json::object* fields = answer.if_object();
        if (!fields) return;
        for (const auto& [question, value] : *fields) {
            if (question == "_version" || question == "_complete") continue;
            if (const auto* rows = value.if_object())
                for (const auto& [row, number] : *rows)
                    tallies_[std::string(question) + "." + std::string(row)].take(number);
            else
                tallies_[std::string(question)].take(value);
        }
    }

    std::string survey_;
    std::map<std::string, boost::json::value> latest_;
    std::map<std::string, QuestionTally> tallies_;
    std::int64_t answers_ = 0;
};

/// Reads JSON Lines that come in pieces.
Done read_answers(const Api& api, SurveyTally& tally) {
    std::string rest;
    const http::PieceTaker take = [&](std::string_view piece) {
        rest += piece;
        std::size_t begin = 0;
        for (std::size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n', begin)) {
            boost::json::error_code ec;
            const boost::json::value row = boost::json::parse(rest.substr(begin, end - begin), ec);
            if (!ec) tally.take_row(row);
            begin = end + 1;
        }
        rest.erase(0, begin);
        return true;
    };
    http::ClientRequest request;
    request.target = "/api/v1/exports/answers?format=jsonl&source=surveys";
    request.headers.push_back({"Accept", "*/*"});
    const Result<http::ClientAnswer> answer = api.listen(request, take);
    if (!answer) return answer.error();
    if (!answer->ok()) return value_of_answer(*answer).error();
    if (!answer->complete)
        return Error{ErrorCode::unavailable, "the answers broke off; what came so far is not all of them"};
    return done();
}

std::string in_first_language(const boost::json::value& text, const boost::json::value& definition) {
    if (text.is_string()) return std::string(text.get_string());
    const boost::json::array& languages = list_at(definition, "languages");
    return languages.empty() ? std::string() : text_at(text, std::string(languages.front().as_string()));
}

struct AskedQuestion {
    std::string key, words;
};

/// Everything that can be counted, in the order in which it is asked; texts are read in the items.
std::vector<AskedQuestion> countable(const boost::json::value& definition) {
    std::vector<AskedQuestion> asked{{"_score", "the score"}};
    for (const boost::json::value& page : list_at(definition, "pages"))
        for (const boost::json::value& question : list_at(page, "questions")) {
            const std::string type = text_at(question, "type"), id = text_at(question, "id");
            if (type == "short_text" || type == "long_text" || type == "statement") continue;
            for (const boost::json::value& row : list_at(question, "rows"))
                asked.push_back(
                    {id + "." + text_at(row, "id"), in_first_language(at(row, "text"), definition)});
            if (type != "matrix") asked.push_back({id, in_first_language(at(question, "text"), definition)});
        }
    for (const boost::json::value& gap : list_at(definition, "gaps"))
        asked.push_back({text_at(gap, "id"), text_at(gap, "of") + " minus " + text_at(gap, "minus")});
    return asked;
}

std::string result_of(const QuestionTally& tally) {
    std::string result;
    if (tally.numbers > 0) {
        const double mean = std::round(tally.mean() * 100) / 100;
        result = "mean " + boost::json::serialize(boost::json::value(mean));
    } else {
        for (const auto& [option, count] : tally.chosen)
            result += (result.empty() ? "" : ", ") + option + " " + std::to_string(count);
    }
    return tally.answers < kSmallNumber ? result + " (small n)" : result;
}

boost::json::value results_document(const std::vector<AskedQuestion>& asked,
                                    const std::map<std::string, QuestionTally>& tallies,
                                    std::int64_t answers) {
    boost::json::array questions;
    for (const AskedQuestion& question : asked) {
        const auto found = tallies.find(question.key);
        if (found == tallies.end()) continue;
        const QuestionTally& tally = found->second;
        boost::json::value mean;
        if (tally.numbers > 0) mean = tally.mean();
        boost::json::object chosen;
        for (const auto& [option, count] : tally.chosen) chosen[option] = count;
        questions.push_back(boost::json::object{{"question", question.key},
                                                {"words", question.words},
                                                {"answers", tally.answers},
                                                {"mean", mean},
                                                {"chosen", std::move(chosen)}});
    }
    return boost::json::object{{"answers", answers}, {"questions", std::move(questions)}};
}

int show_results(const Line& line, const std::string& survey) {
    return with_api(line.shared, [&](const Api& api) -> Result<int> {
        const Result<boost::json::value> definition = api.get(survey_target(survey));
        if (!definition) return definition.error();
        SurveyTally tally(survey);
        if (const Done read = read_answers(api, tally); !read) return read.error();
        const std::map<std::string, QuestionTally>& tallies = tally.finish();
        const std::vector<AskedQuestion> asked = countable(*definition);
        if (line.shared.json) {
            print_json(results_document(asked, tallies, tally.answers()));
            return int{kOk};
        }
        std::cout << tally.answers() << " answers\n";
        Table table({"QUESTION", "ANSWERS", "RESULT", "WORDS"});
        for (const AskedQuestion& question : asked)
            if (const auto found = tallies.find(question.key); found != tallies.end())
                table.row({question.key == "_score" ? "score" : question.key,
                           std::to_string(found->second.answers), result_of(found->second),
                           on_one_line(question.words)});
        if (!table.empty()) table.print();
        return int{kOk};
    });
}

}  // namespace

void add_survey_results(CLI::App& surveys, Line& line) {
    auto survey = std::make_shared<std::string>();
    CLI::App& command =
        add(surveys,
            {"results", "what came in, question by question",
             "Counts and means of everything but texts, and the gaps that the survey names. Of each contact "
             "the latest answer\ncounts, of everybody else each that was finished. Figures with intervals: "
             "candour metric list.",
             "candour survey results relationships-deficit"});
    command.add_option("SURVEY", *survey, "its id; candour survey list shows them")->required();
    run_by(command, line, [&line, survey] { return show_results(line, *survey); });
}

}  // namespace candour::app::cli
