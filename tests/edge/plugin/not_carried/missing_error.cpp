#include "remote/interfaces.hpp"
struct table {
    std::uint32_t struct_size, reserved0;
    cdr_status (*tell)(void*, cdr_str);
};
using Table = candour::remote::Interface<99, table, 8, candour::remote::Call<&table::tell>>;
const table refused = Table::forwarding();
