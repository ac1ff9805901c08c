#include "flow/campaign/what_is_asked.hpp"

namespace candour::flow {
namespace {

/// The words of an invitation to nobody, which nobody reads.
Task<Done> check_words(Voices& voices, std::string plugin, std::string survey) {
    WordsRequest request;
    request.plugin = std::move(plugin);
    request.kind = "invitation";
    request.about = survey;
    auto asking = voices.compose(std::move(request));
    const Result<std::string> words = co_await std::move(asking);
    if (words) co_return done();
    if (words.error().code != ErrorCode::not_found) co_return words.error();
    co_return Error{ErrorCode::not_found, "survey: there is no survey \"" + survey +
                                              "\"; candour survey list (GET /api/v1/surveys) shows those "
                                              "that can be sent"};
}

Result<std::string> named(const WhatIsAsked& wanted) {
    if (!wanted.survey.empty() && !wanted.about.empty() && wanted.survey != wanted.about)
        return Error{ErrorCode::invalid, "survey: expected the survey in one place, found \"" +
                                             wanted.survey + "\", and \"" + wanted.about + "\" in about"};
    const std::string& survey = wanted.survey.empty() ? wanted.about : wanted.survey;
    if (survey.empty())
        return Error{ErrorCode::invalid,
                     "survey: expected which survey " + wanted.plugin +
                         " sends, by its id such as autumn; found nothing. candour survey "
                         "list (GET /api/v1/surveys) shows them"};
    return survey;
}

}  // namespace

Task<Result<std::string>> settle_what_is_asked(Voices& voices, WhatIsAsked wanted) {
    const Result<std::string> own = voices.asks_about(wanted.plugin);
    if (!own) co_return own.error();
    if (!own->empty() && !wanted.survey.empty())
        co_return Error{ErrorCode::invalid, "survey: expected nothing, because " + wanted.plugin +
                                                " asks its own question; found \"" + wanted.survey +
                                                "\". A survey is sent by a plugin such as surveys"};
    if (!own->empty()) co_return wanted.about.empty() ? *own : wanted.about;
    Result<std::string> survey = named(wanted);
    if (!survey) co_return survey.error();
    auto checking = check_words(voices, wanted.plugin, *survey);
    const Done written = co_await std::move(checking);
    if (!written) co_return written.error();
    co_return survey;
}

Task<Done> check_other_question(Voices& voices, std::string plugin, std::string about) {
    const Result<std::string> own = voices.asks_about(plugin);
    if (!own) co_return own.error();
    if (!own->empty()) co_return done();
    auto checking = check_words(voices, std::move(plugin), std::move(about));
    const Done written = co_await std::move(checking);
    co_return written;
}

}  // namespace candour::flow
