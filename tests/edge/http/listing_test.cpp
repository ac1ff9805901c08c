#include "edge/http/routes/listing.hpp"

#include <gtest/gtest.h>

namespace candour::http {
namespace {

Request asked(const std::string& query, const std::string& path = "/api/v1/things") {
    Request request;
    request.path = path;
    request.query = query;
    return request;
}
Result<ListQuery> read(const std::string& query, const std::string& path = "/api/v1/things") {
    return ListQuery::read(asked(query, path), {"state", "owner"});
}

TEST(ListQuery, RefusesFiltersThatTheListDoesNotKnow) {
    const auto query = read("stat=raised");
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().message,
              "query: there is no filter \"stat\"; expected some of state, owner, cursor, limit");
}

TEST(ListQuery, LeadsItsCursorBackToItsPlace) {
    const auto first = read("state=raised&owner=&limit=3");
    const std::string cursor = first->cursor({"17", "späte Namen", ""});
    const auto next = read("limit=50&cursor=" + cursor + "&state=raised");
    ASSERT_TRUE(next);
    const auto place = next->place(3);
    ASSERT_TRUE(place) << place.error().message;
    EXPECT_EQ(**place, (std::vector<std::string>{"17", "späte Namen", ""}));
    EXPECT_EQ(number_in("17"), 17);
    EXPECT_FALSE(*first->place(3)) << "the first page has no place";
}

TEST(ListQuery, RefusesACursorOfAnotherList) {
    const std::string cursor = read("state=raised")->cursor({"17"});
    for (const std::string& other :
         {"cursor=" + cursor, "state=heard&cursor=" + cursor, "state=raised&owner=x&cursor=" + cursor,
          "state=raised&cursor=" + cursor + "00", "state=raised&cursor=" + cursor.substr(1),
          std::string("state=raised&cursor=zz")}) {
        const auto query = read(other);
        ASSERT_TRUE(query);
        EXPECT_FALSE(query->place(1)) << other;
    }
    EXPECT_FALSE(read("state=raised&cursor=" + cursor, "/api/v1/others")->place(1));
    EXPECT_FALSE(read("state=raised&cursor=" + cursor)->place(2));
    EXPECT_TRUE(read("state=raised&cursor=" + cursor)->place(1));
}

TEST(ListQuery, ReadsItsValuesStrictly) {
    EXPECT_EQ(*read("limit=7")->limit(50, 500), 7);
    EXPECT_EQ(*read("")->limit(50, 500), 50);
    for (const char* wrong : {"limit=0", "limit=501", "limit=-1", "limit=5x"})
        EXPECT_FALSE(read(wrong)->limit(50, 500)) << wrong;
    EXPECT_TRUE(*read("state=true")->flag("state"));
    EXPECT_FALSE(read("state=yes")->flag("state"));
    EXPECT_EQ(*read("state=2026-03-01")->instant("state"),
              *read("state=2026-03-01T00:00:00Z")->instant("state"));
    EXPECT_FALSE(read("state=yesterday")->instant("state"));
}

}  // namespace
}  // namespace candour::http
