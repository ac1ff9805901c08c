#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <boost/json.hpp>

#include "edge/store/contract/world.hpp"
#include "edge/store/failure.hpp"

namespace candour::store::contract {
namespace {

class Ledger : public Contract {
 protected:
    /// What the database says to somebody who tries.
    std::string refusal(const std::string& sql) const {
        try {
            world.execute(sql);
            return "it was allowed";
        } catch (const std::exception& failure) {
            const Error error = error_of(failure);
            return std::string(to_text(error.code)) + ": " + error.message;
        }
    }
    std::string found() const {
        std::string all;
        for (const Finding& finding : world.verify().findings) all += finding.what + "\n";
        return all;
    }
    bool finds(const std::string& words) const { return found().find(words) != std::string::npos; }

    ItemId item = world.raise();
};
INSTANTIATE_TEST_SUITE_P(Store, Ledger, both(), named);

TEST_P(Ledger, IsAppendOnlyByTheDatabaseItself) {
    world.checkpoint();
    for (const char* table : {"ledger", "ledger_checkpoints"}) {
        const std::string name = table;
        EXPECT_EQ(refusal("UPDATE " + name + " SET at = at + 1").substr(0, 7), "denied:")
            << refusal("UPDATE " + name + " SET at = at + 1");
        EXPECT_EQ(refusal("DELETE FROM " + name).substr(0, 7), "denied:") << refusal("DELETE FROM " + name);
    }
    EXPECT_EQ(refusal("UPDATE ledger_contents SET content = 'x'").substr(0, 7), "denied:");
    EXPECT_EQ(refusal("UPDATE observations SET score = 10").substr(0, 7), "denied:");
    EXPECT_NE(refusal("UPDATE ledger SET at = 1").find("the ledger is append-only"), std::string::npos);
    if (sqlite()) return;
    for (const char* table : {"ledger", "ledger_contents", "ledger_checkpoints", "observations"})
        EXPECT_EQ(refusal("TRUNCATE " + std::string(table)).substr(0, 7), "denied:") << table;
}

TEST_P(Ledger, IsNotRewrittenByReplacingARow) {
    if (!sqlite())
        GTEST_SKIP()
            << "PostgreSQL has no INSERT OR REPLACE; ON CONFLICT DO UPDATE meets the same trigger as UPDATE";
    world.checkpoint();
    for (const char* table : {"ledger", "ledger_checkpoints"}) {
        const std::string name = table;
        EXPECT_EQ(refusal("INSERT OR REPLACE INTO " + name + " SELECT * FROM " + name).substr(0, 7),
                  "denied:")
            << name;
    }
    EXPECT_TRUE(world.verify().findings.empty());
}

TEST_P(Ledger, ProvesAnUntouchedHistory) {
    world.bring_to_changed(item);
    world.raise("other");
    world.checkpoint();
    world.tell(item);
    world.checkpoint();
    const Verification verified = world.verify();
    EXPECT_TRUE(verified.findings.empty()) << found();
    EXPECT_EQ(verified.items, 2);
    EXPECT_EQ(verified.rows, world.count("SELECT COUNT(1) FROM ledger"));
    EXPECT_EQ(verified.checkpoints, 2);
    EXPECT_EQ(verified.erased, 0);
}

TEST_P(Ledger, WritesNoCheckpointWhenNothingHappened) {
    world.checkpoint();
    world.checkpoint();
    EXPECT_EQ(world.verify().checkpoints, 1);
}

TEST_P(Ledger, FindsARowThatWasChanged) {
    world.bring_to_changed(item);
    world.disarm();
    for (const char* change :
         {"actor_id = 'tea_somebody'", "at = at + 1", "event = 'dismissed'", "round = 2"}) {
        world.execute("UPDATE ledger SET " + std::string(change) + " WHERE n = 2");
        EXPECT_TRUE(finds("the row was changed")) << change << "\n" << found();
    }
}

TEST_P(Ledger, FindsARowThatWasChangedTogetherWithItsHash) {
    world.bring_to_changed(item);
    world.disarm();
    world.execute("UPDATE ledger SET hash = '" + std::string(64, 'a') + "' WHERE n = 2");
    EXPECT_TRUE(finds("its predecessor's hash is not the one it was chained to")) << found();
}

TEST_P(Ledger, FindsContentThatWasChanged) {
    world.hear(item);
    world.disarm();
    world.execute("UPDATE ledger_contents SET content = '{\"text\":\"All is well\"}' WHERE n = 2");
    EXPECT_TRUE(finds("its content was changed")) << found();
}

TEST_P(Ledger, FindsARowThatWasRemoved) {
    world.bring_to_changed(item);
    world.disarm();
    world.execute("DELETE FROM ledger WHERE n = 2");
    EXPECT_TRUE(finds("a row is missing")) << found();
    EXPECT_TRUE(finds("the row was removed")) << found();
}

TEST_P(Ledger, FindsARemovedTailOnceACheckpointCoveredIt) {
    world.bring_to_changed(item);
    world.checkpoint();
    world.disarm();
    world.execute("DELETE FROM ledger WHERE n >= 3");
    world.execute("DELETE FROM ledger_contents WHERE n >= 3");
    EXPECT_TRUE(finds("checkpoint 1 covers 4 rows, found 2")) << found();
}

TEST_P(Ledger, FindsARemovedItemOnceACheckpointCoveredIt) {
    const ItemId other = world.raise("other");
    world.checkpoint();
    world.disarm();
    for (const char* table : {"ledger", "ledger_contents"})
        world.execute("DELETE FROM " + std::string(table) + " WHERE item_id = '" + other.text() + "'");
    world.execute("DELETE FROM items WHERE id = '" + other.text() + "'");
    EXPECT_TRUE(finds("checkpoint 1 covers 2 rows, found 1")) << found();
}

TEST_P(Ledger, FindsACheckpointThatWasRemovedFromTheMiddle) {
    world.checkpoint();
    world.hear(item);
    world.checkpoint();
    world.disarm();
    world.execute("DELETE FROM ledger_checkpoints WHERE n = 1");
    EXPECT_TRUE(finds("checkpoint 2")) << found();
}

TEST_P(Ledger, StandsWhenWordsAreErased) {
    world.hear(item);
    world.checkpoint();
    world.execute("DELETE FROM ledger_contents WHERE n = 2");
    const Verification verified = world.verify();
    EXPECT_TRUE(verified.findings.empty()) << found();
    EXPECT_EQ(verified.erased, 1);
    EXPECT_TRUE(world.run(world.items.history(item))->at(1).erased);
    EXPECT_EQ(world.rebuild(true).differences.size(), 1U) << "the words it is found by are still there";
    world.rebuild(false);
    EXPECT_TRUE(world.rebuild(true).differences.empty());
    EXPECT_EQ(world.item(item).state, core::State::heard);
}

TEST_P(Ledger, IsProvenOverManyPages) {
    std::vector<core::Observation> answers;
    for (int i = 0; i < 2100; ++i)
        answers.push_back(World::answer(world.customer(), "many " + std::to_string(i)));
    world.accept(answers);
    EXPECT_EQ(world.verify().rows, 2101);
    EXPECT_TRUE(world.verify().findings.empty());
    EXPECT_EQ(world.rebuild(false).items, 2101);
}

// An independent reading of the exported document: OpenSSL and the words of the format, nothing of ours.

std::string raw(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

std::string hex(const unsigned char* bytes, unsigned size) {
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", bytes[i]);
        text += two;
    }
    return text;
}

std::string sha256_hex(const std::string& bytes) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), out, &size, EVP_sha256(), nullptr);
    return hex(out, size);
}

std::string hmac_hex(const std::string& key, const std::string& bytes) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), out, &size);
    return hex(out, size);
}

std::string field(const std::string& bytes) {
    std::string length(8, '\0');
    for (std::size_t i = 0, left = bytes.size(); i < 8; ++i, left >>= 8U)
        length[7 - i] = static_cast<char>(left & 255U);
    return length + bytes;
}

std::string text(const boost::json::object& event, const char* name) {
    const boost::json::value& value = event.at(name);
    return value.is_string() ? std::string(value.as_string()) : std::to_string(value.as_int64());
}

/// How many events of the document hold, each chained to the one before.
std::size_t events_that_hold(const std::string& document) {
    const boost::json::object parsed = boost::json::parse(document).as_object();
    std::string before(64, '0');
    std::size_t good = 0;
    for (const boost::json::value& each : parsed.at("events").as_array()) {
        const boost::json::object& event = each.as_object();
        std::string bytes = field(text(parsed, "item_id"));
        for (const char* name : {"n", "round", "event", "actor_id", "at_us"})
            bytes += field(text(event, name));
        bytes += field(raw(text(event, "prev"))) + field(raw(text(event, "content_digest")));
        const bool said =
            !event.contains("content") || hmac_hex(raw(text(event, "content_key")), text(event, "content")) ==
                                              text(event, "content_digest");
        if (text(event, "prev") == before && sha256_hex(bytes) == text(event, "hash") && said) ++good;
        before = text(event, "hash");
    }
    return good;
}

TEST_P(Ledger, IsExportedAsADocumentThatAnybodyCanCheck) {
    world.bring_to_changed(item);
    world.tell(item);
    Session session(world.target);
    const Result<std::string> document = export_ledger(session, item.text());
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(events_that_hold(*document), 6U);
    std::string forged = *document;
    forged.replace(forged.find("Two more people"), 15, "Ten more people");
    EXPECT_EQ(events_that_hold(forged), 5U);
}

TEST_P(Ledger, IsExportedWithoutTheWordsThatWereErased) {
    world.hear(item);
    world.execute("DELETE FROM ledger_contents WHERE n = 1");
    Session session(world.target);
    const Result<std::string> document = export_ledger(session, item.text());
    ASSERT_TRUE(document);
    EXPECT_EQ(document->find("It takes too long"), std::string::npos);
    EXPECT_EQ(events_that_hold(*document), 2U);
    EXPECT_EQ(export_ledger(session, "itm_nobody").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace candour::store::contract
