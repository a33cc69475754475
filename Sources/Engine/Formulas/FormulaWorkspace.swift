// SPDX-License-Identifier: Apache-2.0

// Scratch memory of one thread, for whatever plans it runs.

internal import Forest

/// The registers of a block and what wide steps need beside them. It grows to what the largest plan
/// needs and is used again from plan to plan.
package final class FormulaWorkspace {
    /// The plan that it was prepared for last.
    package private(set) var plan: FormulaPlan
    private(set) var registers: UnsafeMutablePointer<Double>
    private let numbers = ScratchBuffer<Double>()
    private let scores64 = ScratchBuffer<Double>()
    private let perRow = ScratchBuffer<Double>()
    private let floats = ScratchBuffer<Float>()
    private let order = ScratchBuffer<Int32>()
    /// Features of trees in float64, column by column.
    var columns64: [UnsafePointer<Double>] = []
    /// Features of explained trees, row-major, and what each adds.
    let explainedRows = ScratchBuffer<Double>()
    let explainedShares = ScratchBuffer<Double>()
    let explainerWorkspace = TreeExplainerWorkspace()

    /// Memory for a plan.
    package init(_ plan: FormulaPlan) {
        self.plan = plan
        registers = numbers.reserve(plan.registerCount * plan.blockRowsMax)
    }

    /// Makes it fit another plan; what the registers held is gone.
    package func prepare(for plan: FormulaPlan) {
        guard self.plan !== plan else { return }
        self.plan = plan
        registers = numbers.reserve(plan.registerCount * plan.blockRowsMax)
    }

    /// Rows that there is room for.
    package var blockRowsMax: Int { plan.blockRowsMax }

    /// The values of a register, one for each row of the block. Before a run the caller fills in
    /// those of the inputs.
    package func register(_ number: Int) -> UnsafeMutablePointer<Double> {
        precondition(number >= 0 && number < plan.registerCount, "no such register")
        return registers + number * plan.blockRowsMax
    }

    /// Features of trees in float32, column by column, ``blockRowsMax`` values apart.
    func columns32(_ count: Int) -> UnsafeMutablePointer<Float> {
        floats.reserve(count * blockRowsMax)
    }

    /// So many numbers for each row of the block: scores of trees.
    func scores(_ count: Int) -> UnsafeMutablePointer<Double> {
        scores64.reserve(count * blockRowsMax)
    }

    /// For each row the largest of some registers, and a sum of them.
    var largestAndSums: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) {
        let start = perRow.reserve(2 * blockRowsMax)
        return (start, start + blockRowsMax)
    }

    /// Room for the places of some registers.
    func places(_ count: Int) -> UnsafeMutableBufferPointer<Int32> {
        UnsafeMutableBufferPointer(start: order.reserve(count), count: count)
    }
}

/// Memory that grows and never shrinks.
final class ScratchBuffer<Value: BitwiseCopyable> {
    private var memory: UnsafeMutableBufferPointer<Value> = .init(start: nil, count: 0)

    /// Memory for some values, contents undefined, valid until the next call.
    func reserve(_ count: Int) -> UnsafeMutablePointer<Value> {
        if let start = memory.baseAddress, count <= memory.count { return start }
        memory.deallocate()
        memory = .allocate(capacity: max(count, 1))
        // An allocation of one value or more has an address.
        return memory.baseAddress ?? UnsafeMutablePointer<Value>.allocate(capacity: 1)
    }

    deinit { memory.deallocate() }
}
