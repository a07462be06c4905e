#include <mtasts.hpp>

int main() { return mtasts::parse_sts_policy("version: STSv1\nmode: none\nmax_age: 86400\n").usable() ? 0 : 1; }
