#include "app/sent_mark.hpp"

#include <fstream>

#include "log/log.hpp"

namespace candour::app {

flow::SentMark SentMarkFile::read() const {
    std::ifstream in(file_);
    std::int64_t mark = 0, at = 0;
    if (!(in >> mark >> at)) return {};
    return {mark, core::from_us(at)};
}

void SentMarkFile::write(const flow::SentMark& mark) const {
    std::filesystem::path fresh = file_;
    fresh += ".new";
    {
        std::ofstream out(fresh, std::ios::trunc);
        out << mark.mark << ' ' << core::to_us(mark.at) << '\n';
    }
    std::error_code failure;
    std::filesystem::rename(fresh, file_, failure);
    if (failure) log::warn("sending: {} cannot be written: {}", file_.string(), failure.message());
}

}  // namespace candour::app
