// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.state;

import java.util.List;
import net.statemesh.evm.rlp.RlpWriter;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** What a contract has logged. */
public record Log(Address address, List<Word> topics, Bytes data) {
    public Log {
        topics = List.copyOf(topics);
    }

    /** As in receipts: [address, [topic, …], data]. */
    public void encode(RlpWriter out) {
        RlpWriter topicList = new RlpWriter();
        topics.forEach(topic -> topicList.text(topic.toBytes()));
        out.list(new RlpWriter().text(address.toBytes()).list(topicList).text(data.shared()));
    }
}
