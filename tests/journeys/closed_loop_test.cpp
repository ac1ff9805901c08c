/// The main story, told with the command line as a newcomer would.
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include "journeys/journey.hpp"
#include "support/eventually.hpp"

namespace candour::journeys {
namespace {

using support::eventually;

/// Only what the document says about itself and OpenSSL: no code of ours.
class ExportedLedger {
 public:
    explicit ExportedLedger(const json::value& document) : document_(document) {}

    /// Empty when every hash is right.
    std::string first_fault() const {
        std::string prev(64, '0');
        std::int64_t n = 0;
        for (const json::value& event : document_.at("events").as_array()) {
            if (text(event, "/n") != std::to_string(++n)) return "event " + std::to_string(n) + " is missing";
            if (text(event, "/prev") != prev)
                return "event " + std::to_string(n) + " does not follow its predecessor";
            if (hmac(text(event, "/content_key"), text(event, "/content")) != text(event, "/content_digest"))
                return "content " + std::to_string(n);
            if (hash(event) != text(event, "/hash")) return "hash " + std::to_string(n);
            prev = text(event, "/hash");
        }
        return n == 0 ? "no events" : "";
    }

 private:
    static std::string hex(const unsigned char* bytes) {
        std::string out;
        for (int i = 0; i < SHA256_DIGEST_LENGTH; ++i) {
            char two[3];
            std::snprintf(two, sizeof two, "%02x", bytes[i]);
            out += two;
        }
        return out;
    }
    static std::string raw(const std::string& hex_text) {
        std::string out;
        for (std::size_t i = 0; i + 1 < hex_text.size(); i += 2)
            out += static_cast<char>(std::stoi(hex_text.substr(i, 2), nullptr, 16));
        return out;
    }
    static std::string hmac(const std::string& key_hex, const std::string& content) {
        const std::string key = raw(key_hex);
        unsigned char digest[SHA256_DIGEST_LENGTH];
        unsigned size = sizeof digest;
        HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(content.data()), content.size(), digest, &size);
        return hex(digest);
    }
    std::string hash(const json::value& event) const {
        std::string bytes;
        const auto add = [&bytes](const std::string& part) {
            for (int shift = 56; shift >= 0; shift -= 8)
                bytes += static_cast<char>((part.size() >> static_cast<unsigned>(shift)) & 255U);
            bytes += part;
        };
        add(text(document_, "/item_id"));
        for (const char* field : {"/n", "/round", "/event", "/actor_id", "/at_us"}) add(text(event, field));
        add(raw(text(event, "/prev")));
        add(raw(text(event, "/content_digest")));
        unsigned char digest[SHA256_DIGEST_LENGTH];
        SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
        return hex(digest);
    }

    const json::value& document_;
};

class ClosedLoop : public Journey {
 protected:
    static constexpr const char* kWords = "Alerts arrive after the truck has left.";

    void bring_people_in() {
        house.start();
        house.command({"import", "accounts", "-"}, kAccounts);
        house.command({"import", "contacts", "-"}, kContacts);
        house.command({"survey", "add", "-"}, kSurvey);
    }

    /// Returns the link to the loop page that the thanks offer.
    std::string answer_with_three() {
        const std::string link =
            text(house.json({"survey", "link", "autumn", "--contact", "dele@moss.example"}), "/url");
        const Page survey = browser().get(link + "?a=3");
        EXPECT_EQ(survey.status, 200U);
        EXPECT_TRUE(survey.says("How likely are you to recommend Halden?"));
        house.advance(5s);
        const Page thanks =
            browser().submit(survey.forms().at(0), {{"why", kWords}});  // the three was chosen by the link
        EXPECT_EQ(thanks.status, 200U) << thanks.words();
        const std::vector<std::string> offered = thanks.addresses();
        EXPECT_EQ(offered.size(), 1U);
        return offered.empty() ? "" : offered[0];
    }

    void expect_raised() const {
        const json::value raised = item("LP-1");
        EXPECT_EQ(text(raised, "/state"), "raised");
        EXPECT_EQ(text(raised, "/score"), "3");
        EXPECT_EQ(text(raised, "/verbatim"), kWords);
        EXPECT_EQ(text(raised, "/owner/name"), "Priya Raman");
        EXPECT_EQ(text(raised, "/contact/name"), "Dele Okafor");
        for (const char* due : {"/due/hear", "/due/decide", "/due/change", "/due/tell"})
            EXPECT_NE(text(raised, due), "null") << due;
    }

    void state_what_was_heard_decided_and_changed() const {
        house.command({"item", "hear", "LP-1", "--text", "Alerts come too late to act on."});
        letter("dele@moss.example", kHeard);
        house.command({"item", "decide", "LP-1", "--change", "--text",
                       "Alerts leave the moment the gate closes.", "--why", "A late alert is none.", "--by",
                       house.date(20)});
        house.command({"item", "change", "LP-1", "--text", "Version 4.12 is live on your site.", "--link",
                       "https://halden.example/4.12"});
    }

    void expect_all_statements(const std::string& where) const {
        for (const char* words :
             {kWords, "Alerts come too late to act on.", "Alerts leave the moment the gate closes.",
              "A late alert is none.", "Version 4.12 is live on your site.", "https://halden.example/4.12"})
            EXPECT_NE(where.find(words), std::string::npos) << words << "\nis not in\n" << where;
    }
};

TEST_P(ClosedLoop, AnUnhappyAnswerIsHeardDecidedChangedToldAndVisiblyClosed) {
    bring_people_in();
    const std::string loop = answer_with_three();
    expect_raised();
    EXPECT_NE(letter("dele@moss.example", kAcknowledged).link("/l/"), "");
    EXPECT_TRUE(browser().get(loop).says(kWords));
    state_what_was_heard_decided_and_changed();

    // Within the undo window nothing leaves, whatever else does.
    house.command({"item", "tell", "LP-1"});
    EXPECT_EQ(text(item("LP-1"), "/sending"), "true");
    house.advance(20s);
    let_the_mail_go();
    EXPECT_TRUE(letters("dele@moss.example", kClosing).empty());
    EXPECT_EQ(state("LP-1"), "changed");

    house.advance(10s);
    const Letter closing = letter("dele@moss.example", kClosing);
    EXPECT_TRUE(eventually([&] { return state("LP-1") == "told"; }));
    EXPECT_EQ(messages("LP-1", "closing"), std::vector<std::string>{"handed_over"});
    EXPECT_EQ(closing.to, "Dele Okafor <dele@moss.example>");
    expect_all_statements(closing.text);
    expect_all_statements(Page{200, {}, closing.html}.words() + decoded(closing.html));
    expect_all_statements(browser().get(closing.link("/l/")).words());

    const Page thanks = press(closing.link("/l/"), "seen");
    EXPECT_EQ(thanks.status, 200U);
    EXPECT_TRUE(thanks.says("Thank you for reading it"));
    EXPECT_EQ(state("LP-1"), "visibly_closed");
    EXPECT_EQ(text(item("LP-1"), "/evidence/strength"), "seen");
    EXPECT_EQ(text(item("LP-1"), "/evidence/source"), "page");
    EXPECT_EQ(letters("dele@moss.example", kClosing).size(), 1U);

    house.command({"ledger", "checkpoint"});
    expect_true_ledger();
    EXPECT_EQ(ExportedLedger(json::parse(house.command({"ledger", "export", "LP-1"}))).first_fault(), "");
    EXPECT_EQ(house.stop(), 0);
    expect_true_ledger();
}

TEST_P(ClosedLoop, AClosingMessageThatIsTakenBackInTimeIsNeverSent) {
    open();
    const std::string alias = raise("dele@moss.example");
    bring_to_changed(alias);
    take(alias, "tell");
    house.advance(29s);
    take(alias, "cancel-tell");
    house.advance(1h);
    let_the_mail_go();
    EXPECT_TRUE(letters("dele@moss.example", kClosing).empty());
    EXPECT_EQ(messages(alias, "closing"), std::vector<std::string>{"cancelled"});
    EXPECT_EQ(state(alias), "changed");
}

INSTANTIATE_TEST_SUITE_P(On, ClosedLoop, testing::Values(Kind::sqlite, Kind::postgresql), name_of);

}  // namespace
}  // namespace candour::journeys
