#include "edge/http/routes/export_sources.hpp"

#include "core/relationship/cells.hpp"
#include "edge/http/routes/commitments.hpp"
#include "edge/http/routes/item_query.hpp"
#include "edge/json/commitment_document.hpp"
#include "edge/json/export_document.hpp"
#include "edge/json/people_document.hpp"

namespace candour::http {
namespace {

/// Big enough that the database is not asked for every line, small enough to be in memory many times over.
constexpr int kPage = 200;

/// Items with everything that was said, or what happened to them, one row of a ledger after the other.
class ItemSource : public ExportSource {
 public:
    ItemSource(const ExportNeeds& needs, flow::ItemQuery query) : needs_(needs), query_(std::move(query)) {
        query_.limit = kPage;
    }
    flow::Task<Result<Documents>> next() override {
        if (ended_) co_return Documents();
        auto reading = needs_.exports.item_files(query_, needs_.clock.now());
        const Result<flow::ItemFiles> page = co_await std::move(reading);
        if (!page) co_return page.error();
        query_.after = page->next;
        ended_ = !page->next;
        Documents documents;
        for (const flow::ItemFile& file : page->files) write(file, documents);
        co_return documents;
    }

 private:
    virtual void write(const flow::ItemFile& file, Documents& documents) const {
        documents.push_back(json::item_file_document(file));
    }

    ExportNeeds needs_;
    flow::ItemQuery query_;
    bool ended_ = false;
};

class LedgerSource final : public ItemSource {
 public:
    using ItemSource::ItemSource;

 private:
    void write(const flow::ItemFile& file, Documents& documents) const override {
        for (const flow::HistoryEntry& entry : file.history)
            documents.push_back(json::ledger_row_document(file, entry));
    }
};

class AnswerSource final : public ExportSource {
 public:
    AnswerSource(const ExportNeeds& needs, flow::AnswerQuery query)
        : needs_(needs), query_(std::move(query)) {
        query_.limit = kPage;
    }
    flow::Task<Result<Documents>> next() override {
        auto reading = needs_.exports.answers(query_);
        const Result<std::vector<flow::AnswerRow>> page = co_await std::move(reading);
        if (!page) co_return page.error();
        if (!page->empty()) query_.after = page->back().seq;
        Documents documents;
        for (const flow::AnswerRow& row : *page) documents.push_back(json::answer_document(row));
        co_return documents;
    }

 private:
    ExportNeeds needs_;
    flow::AnswerQuery query_;
};

const core::Account& named(const core::Account& account) {
    return account;
}
const core::Contact& named(const flow::PersonView& person) {
    return person.contact;
}

template <class Row>
class NameSource final : public ExportSource {
 public:
    using Page = flow::NamePage<Row>;
    using Read = flow::Task<Result<Page>> (flow::Directory::*)(flow::NameQuery);
    using Write = boost::json::object (*)(const Row&);

    NameSource(const ExportNeeds& needs, flow::NameQuery query, Read read, Write write)
        : needs_(needs), query_(std::move(query)), read_(read), write_(write) {
        query_.limit = kPage;
    }
    flow::Task<Result<Documents>> next() override {
        if (ended_) co_return Documents();
        auto reading = (needs_.directory.*read_)(query_);
        const Result<Page> page = co_await std::move(reading);
        if (!page) co_return page.error();
        ended_ = !page->more;
        Documents documents;
        for (const Row& row : page->rows) documents.push_back(write_(row));
        if (!page->rows.empty())
            query_.after = {named(page->rows.back()).name, named(page->rows.back()).id.text()};
        co_return documents;
    }

 private:
    ExportNeeds needs_;
    flow::NameQuery query_;
    Read read_;
    Write write_;
    bool ended_ = false;
};

class PromiseSource final : public ExportSource {
 public:
    PromiseSource(const ExportNeeds& needs, flow::CommitmentQuery query)
        : needs_(needs), query_(std::move(query)) {
        query_.limit = kPage;
    }
    flow::Task<Result<Documents>> next() override {
        Documents documents;
        for (bool more = true; more && documents.empty();) {
            auto reading = needs_.exports.promises(query_, place_, needs_.clock.now());
            const Result<std::vector<flow::CommitmentView>> page = co_await std::move(reading);
            if (!page) co_return page.error();
            for (const flow::CommitmentView& one : *page) documents.push_back(json::commitment_document(one));
            more = !place_.lone;
            advance(*page);
        }
        co_return documents;
    }

 private:
    /// When those of items are through, those that stand alone begin.
    void advance(const std::vector<flow::CommitmentView>& page) {
        if (page.empty()) place_ = {true, {}, place_.lone ? place_.number : 0};
        if (page.empty()) return;
        const flow::CommitmentView& last = page.back();
        place_ = {place_.lone, last.subject, place_.lone ? last.number : last.round};
    }

    ExportNeeds needs_;
    flow::CommitmentQuery query_;
    flow::PromisePlace place_;
};

using Source = Result<std::unique_ptr<ExportSource>>;

/// Whoever sees some accounts only takes along what they see.
template <class Concrete, class Query>
Source source_of(const ExportNeeds& needs, Result<Query> query, const std::string& sees) {
    if (!query) return query.error();
    query->sees = sees;
    return std::unique_ptr<ExportSource>(std::make_unique<Concrete>(needs, std::move(*query)));
}

Result<flow::AnswerQuery> read_answer_query(const ListQuery& list) {
    const Result<core::Instant> since = list.instant("since"), until = list.instant("until");
    if (!since) return since.error();
    if (!until) return until.error();
    flow::AnswerQuery query;
    query.account = list.text("account");
    query.contact = list.text("contact");
    query.source = list.text("source");
    query.kind = list.text("kind");
    query.since = *since;
    query.until = *until;
    return query;
}

flow::NameQuery read_every_name(const ListQuery& list, const std::string& sees) {
    return {core::lower(list.text("q")), list.text("account"), {}, kPage, sees};
}

ListQuery::Names filters_of(ExportKind kind) {
    static constexpr std::string_view answers[] = {"account", "contact", "source", "kind", "since", "until"},
                                      contacts[] = {"q", "account"}, accounts[] = {"q"};
    switch (kind) {
        case ExportKind::items:
        case ExportKind::ledgers:
            return kItemFilters;
        case ExportKind::answers:
            return answers;
        case ExportKind::contacts:
            return contacts;
        case ExportKind::accounts:
            return accounts;
        case ExportKind::promises:
            break;
    }
    return kCommitmentFilters;
}

}  // namespace

Source export_source(ExportKind kind, const Request& request, const ExportNeeds& needs) {
    const Result<ListQuery> list = ListQuery::read(request, filters_of(kind), kExportOptions);
    if (!list) return list.error();
    if (list->has("cursor") || list->has("limit"))
        return Error{ErrorCode::invalid,
                     "query: an export is all of it in one answer; leave cursor and limit out"};
    switch (kind) {
        case ExportKind::items:
            return source_of<ItemSource>(needs, read_item_query(*list, needs.clock.now()), request.sees);
        case ExportKind::ledgers:
            return source_of<LedgerSource>(needs, read_item_query(*list, needs.clock.now()), request.sees);
        case ExportKind::answers:
            return source_of<AnswerSource>(needs, read_answer_query(*list), request.sees);
        case ExportKind::contacts:
            return std::unique_ptr<ExportSource>(std::make_unique<NameSource<flow::PersonView>>(
                needs, read_every_name(*list, request.sees), &flow::Directory::contacts_by_name,
                json::person_document));
        case ExportKind::accounts:
            return std::unique_ptr<ExportSource>(std::make_unique<NameSource<core::Account>>(
                needs, read_every_name(*list, request.sees), &flow::Directory::accounts_by_name,
                json::account_document));
        case ExportKind::promises:
            break;
    }
    return source_of<PromiseSource>(needs, read_commitment_query(*list), request.sees);
}

}  // namespace candour::http
