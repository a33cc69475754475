// SPDX-License-Identifier: Apache-2.0

// Tables of companies to decide on, as messages.

internal import ProtobufCoding
internal import VigieProtos

extension Vigie_V1_DecideRowsHeader {
    init(_ options: DecisionTableOptions, _ columns: DecisionTableColumns) {
        self.init()
        model = options.model ?? ""
        (self.columns, textColumns) = (columns.items.numbers, columns.items.texts)
        // An option's bit is the number of its output in the protocol.
        scoreOutputs = Vigie_V1_ScoreOutput.allCases.filter { output in
            output != .unspecified && options.scores.rawValue & (1 << UInt32(output.rawValue)) != 0
        }
        policy = options.policy ?? ""
        asOfDate = options.asOf?.description ?? ""
        role = options.role ?? ""
        stage = .init(rawValue: EnumNumbers.number(options.stage))
        subject = options.isNaturalPerson ? .naturalPerson : .legalPerson
        (factColumns, factTextColumns) = (columns.facts.numbers, columns.facts.texts)
        facts = options.facts.sorted { $0.key < $1.key }.map { name, value in
            Vigie_V1_DecisionFact(name, DecisionFact(value))
        }
        outputs = Vigie_V1_DecisionOutput.allCases.filter { output in
            output != .unspecified && options.columns.rawValue & (1 << UInt32(output.rawValue)) != 0
        }
    }
}

extension Vigie_V1_DecideRowsBlock {
    init(_ table: DecisionTable) {
        self.init()
        rows.rowCount = UInt32(clamping: table.rowCount)
        rows.textColumns = table.items.texts.map(Vigie_V1_TextColumn.init)
        switch table.items.values {
        case .float32(let values): rows.floatValues = values
        case .float64(let values): rows.doubleValues = values
        }
        facts.textColumns = table.facts.texts.map(Vigie_V1_TextColumn.init)
        facts.values = table.facts.columnMajor
    }
}

extension Vigie_V1_TextColumn {
    fileprivate init(_ column: TextColumnBuffer) {
        self.init()
        dictionary = (0..<column.textCount).map { Array(column[$0]) }
        codes = column.codes
    }
}

extension FeatureTable {
    /// The values with 64 bits, column after column.
    fileprivate var columnMajor: [Double] {
        func turned<Value: BinaryFloatingPoint>(_ values: [Value]) -> [Double] {
            var turned: [Double] = []
            turned.reserveCapacity(values.count)
            for column in 0..<columnCount {
                for row in 0..<rowCount {
                    turned.append(Double(values[row * columnCount + column]))
                }
            }
            return turned
        }
        return switch values {
        case .float32(let values): turned(values)
        case .float64(let values): turned(values)
        }
    }
}
