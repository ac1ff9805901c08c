#include <charconv>
#include <vector>

#include <candour/plugin.hpp>
using namespace candour;

/// Accounts whose latest answer was 6 or less.
class MyPlugin {
 public:
    explicit MyPlugin(sdk::Host) {}

    /// Findings about one account as of a day. Pure: the same snapshot gives the same findings.
    Result<std::string> evaluate(const sdk::Call&, std::string_view, std::string_view snapshot) const {
        const std::vector<std::string_view> row =
            latest_row(snapshot);  // seq, contact, day, at, score, class
        int score = 10;
        if (row.size() == 6) std::from_chars(row[4].data(), row[4].data() + row[4].size(), score);
        if (score > 6) return R"({"findings":[]})";
        // The key names what it is about, so that the host keeps it as one finding while it lasts.
        return R"({"findings":[{"key":"latest","severity":"warning","title":"The latest answer was )" +
               std::to_string(score) + R"(","contact":)" + std::string(row[1]) +
               R"(,"evidence":[{"view":"relationship.answers","row":)" + std::string(row[0]) +
               R"(,"note":"the answer"}]}]})";
    }

 private:
    /// The cells of the last row, as they stand there. A plugin that reads more brings a JSON library.
    static std::vector<std::string_view> latest_row(std::string_view json) {
        const std::size_t rows = json.find("\"rows\":["), end = json.find("]]", rows);
        if (rows == json.npos || end == json.npos) return {};
        json = json.substr(json.rfind('[', end) + 1, end - json.rfind('[', end) - 1);
        std::vector<std::string_view> cells;
        for (std::size_t at = 0; at <= json.size();) {
            const std::size_t comma = std::min(json.find(',', at), json.size());
            cells.push_back(json.substr(at, comma - at));
            at = comma + 1;
        }
        return cells;
    }
};
CANDOUR_PLUGIN(MyPlugin)
