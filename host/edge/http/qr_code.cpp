#include "edge/http/qr_code.hpp"

#include <qrencode.h>

#include <memory>

namespace candour::http {
namespace {

/// Four squares of white all around: less, and readers do not find the code.
constexpr int kQuietZone = 4;
constexpr std::size_t kMostQrBytes = 1'600;

using QrCode = std::unique_ptr<QRcode, decltype(&QRcode_free)>;

/// Neighbours in a row are one rectangle.
std::string dark_squares(const QRcode& code) {
    std::string path;
    for (int y = 0; y < code.width; ++y)
        for (int x = 0, run = 0; x <= code.width; ++x) {
            const bool dark = x < code.width && (code.data[y * code.width + x] & 1U) != 0;
            if (!dark && run > 0)
                path += "M" + std::to_string(x - run + kQuietZone) + " " + std::to_string(y + kQuietZone) +
                        "h" + std::to_string(run) + "v1h-" + std::to_string(run) + "z";
            run = dark ? run + 1 : 0;
        }
    return path;
}

}  // namespace

Result<std::string> qr_svg(std::string_view text) {
    if (text.empty() || text.size() > kMostQrBytes)
        return Error{ErrorCode::invalid,
                     "a QR code: expected 1 to 1600 bytes, found " + std::to_string(text.size())};
    const QrCode code(QRcode_encodeData(static_cast<int>(text.size()),
                                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_Q),
                      &QRcode_free);
    if (!code) return Error{ErrorCode::invalid, "a QR code: the text does not fit into one"};
    const std::string side = std::to_string(code->width + 2 * kQuietZone);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side +
           "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side +
           "H0z\"/><path d=\"" + dark_squares(*code) + "\"/></svg>\n";
}

}  // namespace candour::http
