// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// A sieve in memory, then a modular power for each prime found.
contract Numbers {
    function run(uint256 limit) external pure returns (uint256 sum) {
        bool[] memory composite = new bool[](limit);
        for (uint256 i = 2; i < limit; i++) {
            if (composite[i]) continue;
            for (uint256 j = i * i; j < limit; j += i) {
                composite[j] = true;
            }
            sum += power(3, limit - i, i << 200 | 1);
        }
    }

    function power(uint256 base, uint256 exponent, uint256 modulus) private pure returns (uint256 result) {
        result = 1;
        while (exponent != 0) {
            if (exponent & 1 == 1) result = mulmod(result, base, modulus);
            base = mulmod(base, base, modulus);
            exponent >>= 1;
        }
    }
}
