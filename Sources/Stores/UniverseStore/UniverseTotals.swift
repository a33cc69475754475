// SPDX-License-Identifier: Apache-2.0

// Figures that runs counted: of blocks while a run is open, and of all of them together when it is
// done. What is in them only others know.

package import Databases
internal import VigieLimits

/// Figures as they lie in the store.
package struct StoredFigures: Sendable {
    /// The run that they stand on; 0 for none.
    package let base: Int
    /// The figures.
    package let content: [UInt8]

    /// Makes some.
    package init(base: Int, content: [UInt8]) { (self.base, self.content) = (base, content) }
}

extension DatabaseConnection {
    /// Keeps the figures of a block, in the transaction that keeps its scores.
    package func keepFigures(
        _ figures: StoredFigures,
        ofBlock block: Int,
        run: Int
    ) throws(DatabaseError) {
        _ = try execute(
            "insert into universe_figure (run, block, base, content) values ($1, $2, $3, $4)",
            [.integer(run), .integer(block), .integer(figures.base), .bytes(figures.content)]
        )
    }

    /// The figures of the blocks of a run; nil where those of some blocks are missing.
    package func figures(ofRun run: Int) throws(DatabaseError) -> [StoredFigures]? {
        let found = try all(
            """
            select f.base, f.content from universe_block b
                left join universe_figure f on f.run = b.run and f.block = b.block
            where b.run = $1 order by b.block limit $2
            """,
            [.integer(run), .integer(UniverseLimits.blocks + 1)]
        ) { row throws(DatabaseError) -> StoredFigures? in
            guard let base = try row.integerIfAny(0) else { return nil }
            return StoredFigures(base: base, content: try row.bytes(1))
        }
        let figures = found.compactMap { $0 }
        return figures.count == found.count && !found.isEmpty ? figures : nil
    }

    /// Keeps the figures of a run that is done, if there are any, instead of those of its blocks
    /// and of what is left of runs before.
    package func keepTotal(
        _ total: StoredFigures?,
        ofRun run: Int,
        over universe: UniverseRecord
    ) throws(DatabaseError) {
        if let total {
            _ = try execute(
                "insert into universe_total (run, base, content) values ($1, $2, $3)",
                [.integer(run), .integer(total.base), .bytes(total.content)]
            )
        }
        _ = try execute(
            "delete from universe_figure where run <= $1 and block >= $2 and block < $3",
            [
                .integer(run), .integer(universe.blocks.lowerBound),
                .integer(universe.blocks.upperBound),
            ]
        )
    }

    /// The figures of a run; nil where none were kept.
    package func total(ofRun run: Int) throws(DatabaseError) -> StoredFigures? {
        try first("select base, content from universe_total where run = $1", [.integer(run)]) {
            row throws(DatabaseError) in
            StoredFigures(base: try row.integer(0), content: try row.bytes(1))
        }
    }
}
