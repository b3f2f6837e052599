// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// Reads and writes many slots, cold the first time and warm the second.
contract Slots {
    mapping(uint256 => uint256) private values;

    function touch(uint256 first, uint256 count) external returns (uint256 sum) {
        for (uint256 round = 0; round < 2; round++) {
            for (uint256 i = first; i < first + count; i++) {
                uint256 value = values[i];
                sum += value;
                values[i] = value + i + 1;
            }
        }
    }
}
