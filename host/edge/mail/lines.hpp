/// A text line by line. CR LF, a bare CR and a bare LF each end one: no other line end passes on from here.
#pragma once
#include <algorithm>
#include <string_view>

namespace candour::mail {

class Lines {
 public:
    explicit Lines(std::string_view text) : text_(text) { look(); }
    /// False when there are no more; a text that ends with a line end has no empty line behind it.
    bool next(std::string_view& line) {
        if (at_ >= text_.size()) return false;
        const std::size_t end = std::min({return_, feed_, text_.size()});
        line = text_.substr(at_, end - at_);
        at_ = end + (end == return_ && feed_ == end + 1 ? 2 : 1);
        look();
        return true;
    }

 private:
    /// Each of the two is looked for again only behind itself: a text without the other one is read once.
    void look() {
        if (first_ || return_ < at_) return_ = text_.find('\r', at_);
        if (first_ || feed_ < at_) feed_ = text_.find('\n', at_);
        first_ = false;
    }

    std::string_view text_;
    std::size_t at_ = 0, return_ = 0, feed_ = 0;
    bool first_ = true;
};

}  // namespace candour::mail
