/// application/x-www-form-urlencoded, read strictly: what a browser sends passes, everything else is refused
/// by name.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "candour/result.hpp"

namespace candour::http {

struct FormField {
    std::string name;
    std::string value;
    friend bool operator==(const FormField&, const FormField&) = default;
};

class Form {
 public:
    Form() = default;
    explicit Form(std::vector<FormField> fields) : fields_(std::move(fields)) {}

    /// The first value, or nullptr.
    const std::string* find(std::string_view name) const;
    /// The first value, or empty.
    std::string_view get(std::string_view name) const;
    const std::vector<FormField>& fields() const { return fields_; }
    friend bool operator==(const Form&, const Form&) = default;

 private:
    std::vector<FormField> fields_;
};

struct FormLimits {
    std::size_t fields = 64;
    std::size_t name = 64;
    /// A page's whole body is 64 KiB; a customer's text is limited where its meaning is known.
    std::size_t value = 64 * 1024;
};

/// Errors name the field: `form field "reason": is not UTF-8`.
Result<Form> parse_form(std::string_view text, const FormLimits& limits = {});
std::string encode_form(const Form& form);

}  // namespace candour::http
