/// From the document to the survey, with all that a schema cannot say: what is wrong is noted with its place,
/// and reading goes on.
#pragma once
#include <boost/json.hpp>
#include <map>
#include <string>
#include <vector>

#include "survey.hpp"

namespace candour::surveys {

/// Reads a document that fits the whole form of survey.schema.json, once.
class DefinitionReader {
 public:
    explicit DefinitionReader(const boost::json::object& document) : document_(document) {}
    Survey read();
    /// "/pages/1/questions/0/show_if/question: …", each.
    const std::vector<std::string>& problems() const { return problems_; }

 private:
    /// Where a question is found; conditions and variables may only ask about earlier pages.
    struct Known {
        std::size_t page;
        const Question* question;
        bool always_answered;
    };

    void note(const std::string& place, const std::string& problem);
    Text text_at(const boost::json::object& from, const char* key, const std::string& place,
                 std::size_t page);
    Text read_text(const boost::json::value& value, const std::string& place, std::size_t page);
    void check_words(std::string_view words, const std::string& place, std::size_t page);
    void check_variable(const std::string& variable, bool has_fallback, const std::string& place,
                        std::size_t page);
    void read_root(Survey& survey);
    void read_pages(Survey& survey);
    Page read_page(const boost::json::object& from, const std::string& place, std::size_t number);
    Question read_question(const boost::json::object& from, const std::string& place, std::size_t page);
    std::vector<Option> read_options(const boost::json::object& from, const char* key,
                                     const std::string& place, std::size_t page);
    void check_question(const Question& question, const boost::json::object& from, const std::string& place);
    void know(const Page& page, std::size_t number, const std::string& place);
    std::optional<Condition> condition_at(const boost::json::object& from, const char* key,
                                          const std::string& place, std::size_t page);
    Condition read_condition(const boost::json::object& from, const std::string& place, std::size_t page);
    void check_condition(const Condition& condition, const std::string& place, std::size_t page);
    void read_roles(Survey& survey);
    void read_gaps(Survey& survey);
    void read_thanks(Survey& survey);
    /// nullptr, with a note, when no earlier page has it.
    const Known* earlier(const std::string& question, const std::string& place, std::size_t page);

    const boost::json::object& document_;
    std::vector<std::string> languages_;
    std::map<std::string, Known, std::less<>> known_;
    std::vector<std::string> all_ids_;
    std::vector<std::string> problems_;
};

}  // namespace candour::surveys
