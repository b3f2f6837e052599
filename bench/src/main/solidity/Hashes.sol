// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// A chain of hashes of 64 bytes.
contract Hashes {
    function chain(uint256 count) external pure returns (bytes32 hash) {
        for (uint256 i = 0; i < count; i++) {
            hash = keccak256(abi.encode(hash, i));
        }
    }
}
