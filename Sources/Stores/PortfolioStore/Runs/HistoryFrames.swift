// SPDX-License-Identifier: Apache-2.0

// Frames of the history of scores, as they lie in the store: what is in them only their own room
// knows.

package import Databases
internal import VigieLimits

extension DatabaseConnection {
    /// The frames of a block from its last key frame on, in the order of their runs.
    package func lastFrames(ofBlock block: Int) throws(DatabaseError) -> [[UInt8]] {
        try all(
            """
            select content from history_frame where block = $1 and run >= coalesce((
                select max(run) from history_frame where block = $1 and is_key = 1), 0)
            order by run limit $2
            """,
            [.integer(block), .integer(HistoryLimits.deltaFrames + 1)]
        ) { row throws(DatabaseError) in try row.bytes(0) }
    }

    /// Keeps a frame.
    package func keepFrame(
        _ content: [UInt8],
        ofBlock block: Int,
        run: Int,
        isKey: Bool
    ) throws(DatabaseError) {
        _ = try execute(
            "insert into history_frame (block, run, is_key, content) values ($1, $2, $3, $4)",
            [.integer(block), .integer(run), .integer(isKey ? 1 : 0), .bytes(content)]
        )
    }
}
