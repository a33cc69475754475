// SPDX-License-Identifier: Apache-2.0

// A plan as it lies in memory, for a program in C that runs it on another kind of processor: so
// that the kernel is tested where no Swift is.

/// The bytes of a plan, and what its pointers lead to. Pointers are the same in all of its bytes:
/// whoever reads them puts each part somewhere, and its place where the address of the part is.
package struct PlanImage {
    /// The plan itself, as CForest has it.
    package let plan: [UInt8]
    /// Each array that it reads, and where that was.
    package let parts: [(address: UInt64, bytes: [UInt8])]

    init<Plan: BitwiseCopyable>(_ plan: Plan, _ memory: PlanMemory) {
        self.plan = withUnsafeBytes(of: plan) { Array($0) }
        parts = memory.parts.map { part in
            let bytes = UnsafeRawBufferPointer(start: part.start, count: part.byteCount)
            return (UInt64(UInt(bitPattern: part.start)), Array(bytes))
        }
    }
}

extension ForestPlan {
    /// The plan as it lies in memory.
    package var image: PlanImage { PlanImage(compiled.plan, compiled.memory) }
}

extension TreeExplainer {
    /// The plan as it lies in memory.
    package var image: PlanImage { PlanImage(plan, memory) }
}
