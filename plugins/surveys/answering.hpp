/// A customer on the way through a survey: each press keeps what was said so far and shows what comes next.
#pragma once
#include "begun.hpp"
#include "candour/host.hpp"
#include "gate.hpp"
#include "page.hpp"
#include "shelf.hpp"
#include "visit.hpp"

namespace candour::surveys {

/// An answer to all that was asked.
inline constexpr std::string_view kAnswerStream = "survey.answer";
/// What somebody said who has pages before them; the next one takes its place.
inline constexpr std::string_view kPartialStream = "survey.partial";

/// How somebody says they speak about us.
inline constexpr std::string_view kStanceStream = "advocacy.declared";

class Answering {
 public:
    Answering(sdk::Host host, Shelf& shelf) : host_(host), shelf_(shelf), gate_(host), begun_(host) {}
    /// `attempt`: of the call; a press that comes again is counted once.
    Result<sdk::Response> show(const Visit& visit);
    Result<sdk::Response> take(const Visit& visit, std::uint32_t attempt);
    /// Page by page like the real one, by one of us: nothing is kept, and every page says so.
    Result<sdk::Response> try_out(const Visit& visit);
    /// Nothing of this person is kept here any more.
    void forget(std::string_view contact) const { begun_.forget(contact); }

 private:
    /// The version that the form was made of, if there is such a one, else the newest.
    Result<std::shared_ptr<Edition>> edition_of(const Visit& visit);
    static sdk::Response begin(const Visit& visit, const Edition& edition);
    Result<sdk::Response> go_on(const Visit& visit, Edition& edition, std::uint32_t attempt);
    Result<sdk::Response> resume(const Visit& visit, const Begun& begun);
    Result<sdk::Response> keep_partial(View view, std::size_t next);
    Result<sdk::Response> keep_whole(Edition& edition, const View& view, std::uint32_t attempt);
    Done put_stance(const View& view);
    Done put(std::string_view stream, const View& view, bool complete);
    static sdk::Response thanks(Edition& edition, const View& view);

    sdk::Host host_;
    Shelf& shelf_;
    Gate gate_;
    BegunSurveys begun_;
};

}  // namespace candour::surveys
