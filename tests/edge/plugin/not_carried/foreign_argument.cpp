#include <cstdio>

#include "remote/interfaces.hpp"
struct table {
    std::uint32_t struct_size, reserved0;
    cdr_status (*print)(void*, FILE*, cdr_error*);
};
using Table = candour::remote::Interface<99, table, 8, candour::remote::Call<&table::print>>;
const table refused = Table::forwarding();
