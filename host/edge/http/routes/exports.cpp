#include "edge/http/routes/exports.hpp"

#include <boost/json.hpp>

#include <utility>

#include "edge/csv/writer.hpp"
#include "edge/http/body_stream.hpp"
#include "edge/http/problem.hpp"
#include "log/log.hpp"

namespace candour::http {
namespace {

struct ExportShape {
    ExportKind kind = ExportKind::items;
    ExportFormat format = ExportFormat::csv;
    bool excel = false;
};

std::string text_of(const ExportShape& shape, const ExportSource::Documents& documents) {
    std::string text;
    for (const boost::json::object& document : documents)
        if (shape.format == ExportFormat::csv)
            append_csv(text, shape.kind, document);
        else
            text += boost::json::serialize(document) + "\n";
    return text;
}

/// A page is read when the one before was taken by whoever reads: there is never more than one in memory.
class ExportStream final : public BodyStream {
 public:
    /// `first`: the documents of the first page, read before anything was promised to the reader.
    ExportStream(ExportShape shape, std::unique_ptr<ExportSource> source,
                 const ExportSource::Documents& first)
        : shape_(shape),
          source_(std::move(source)),
          begun_(!first.empty()),
          opening_(opening(shape, first)) {}

    flow::Task<std::optional<std::string>> next() override {
        if (opening_) co_return std::exchange(opening_, std::nullopt);
        if (!begun_) co_return std::nullopt;
        auto reading = source_->next();
        const Result<ExportSource::Documents> page = co_await std::move(reading);
        cut_off_ = ended_ || !page;
        if (!page) log::warn("an export broke off: {}", page.error().message);
        if (cut_off_ || page->empty()) co_return std::nullopt;
        co_return text_of(shape_, *page);
    }
    void end() override { ended_ = true; }
    bool cut_off() const override { return cut_off_; }

 private:
    static std::string opening(const ExportShape& shape, const ExportSource::Documents& first) {
        std::string text;
        const bool csv = shape.format == ExportFormat::csv;
        if (csv && shape.excel) text += csv::kByteOrderMark;
        if (csv) text += csv_header(shape.kind);
        return text + text_of(shape, first);
    }

    ExportShape shape_;
    std::unique_ptr<ExportSource> source_;
    bool begun_;
    std::optional<std::string> opening_;
    bool ended_ = false, cut_off_ = false;
};

Result<ExportShape> read_shape(const Request& request) {
    ExportShape shape;
    const auto kind = core::value_of(kExportKinds, request.parameter("what"));
    if (!kind)
        return Error{ErrorCode::not_found,
                     "there is no export of \"" + std::string(request.parameter("what")) +
                         "\"; expected items, answers, contacts, accounts, promises or ledgers"};
    const Result<Form> query = request.query_fields();
    if (!query) return query.error();
    const std::string named(query->get("format")), excel(query->get("excel"));
    const auto format = core::value_of(kExportFormats, named.empty() ? "csv" : named);
    if (!format) return Error{ErrorCode::invalid, "format: expected csv or jsonl, found \"" + named + "\""};
    if (!excel.empty() && excel != "true" && excel != "false")
        return Error{ErrorCode::invalid, "excel: expected true or false, found \"" + excel + "\""};
    return ExportShape{*kind, *format, excel == "true"};
}

Response response_of(const ExportShape& shape) {
    const bool csv = shape.format == ExportFormat::csv;
    Response response{200, csv ? "text/csv; charset=utf-8" : "application/x-ndjson", {}, {}};
    const std::string name = std::string(core::name_of(kExportKinds, shape.kind)) + "." +
                             std::string(core::name_of(kExportFormats, shape.format));
    response.set("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.set("X-Accel-Buffering", "no");
    return response;
}

}  // namespace

void ExportRoutes::add_to(Router& router, Identity& identity) {
    router.add(Method::get, "/api/v1/exports/{what}",
               identity.required([this](Request r, const flow::Caller&) { return begin(std::move(r)); }));
}

flow::Task<Response> ExportRoutes::begin(Request request) {
    const Result<ExportShape> shape = read_shape(request);
    if (!shape) co_return Response::problem(shape.error(), request.path);
    Result<std::unique_ptr<ExportSource>> source = export_source(shape->kind, request, needs_);
    if (!source) co_return Response::problem(source.error(), request.path);
    auto reading = (*source)->next();
    const Result<ExportSource::Documents> first = co_await std::move(reading);
    if (!first) co_return Response::problem(first.error(), request.path);
    Response response = response_of(*shape);
    response.stream = std::make_shared<ExportStream>(*shape, std::move(*source), *first);
    co_return response;
}

}  // namespace candour::http
