using Tributary.Core.Graph;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Time;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Running.Hooks;

/// <summary>One of <c>results</c> in a hook at the run's end, with dbt's attributes and <c>to_dict()</c>.</summary>
internal sealed class ResultValue(NodeResult result, JinjaDict picture) : ContextObject
{
    private static readonly MemberTable<ResultValue> Members = new()
    {
        ["node"] = r => r.Node,
        ["status"] = r => EnumMember.Of(r.Result.Status),
        ["thread_id"] = r => r.Result.ThreadId,
        ["execution_time"] = r => r.Result.ExecutionSeconds,
        ["message"] = r => r.Result.Message,
        ["failures"] = r => r.Result.Failures,
        ["adapter_response"] = r => PlainObject.ToDict(r.Result.AdapterResponse),
        ["timing"] = r => r.Timing(at => new DateTimeValue(at.UtcDateTime)),
        ["skip"] = r => r.Result.Status == "skipped",
        ["error"] = r => r.Result.Status == "error" ? r.Result.Message : null,
        ["to_dict"] = r => Method("to_dict", "omit_none=False", _ => r.ToDict()),
    };

    private NodeResult Result => result;

    private NodeValue Node { get; } = new(picture);

    public override string TypeName => "RunResult";

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    public override string ToString() => $"RunResult(status='{result.Status}', unique_id='{result.Node.Id}')";

    private List<object?> Timing(Func<DateTimeOffset, object?> instant) => [.. result.Timing.Select(stretch => (object?)new JinjaDict
    {
        ["name"] = stretch.Name, ["started_at"] = instant(stretch.StartedAt), ["completed_at"] = instant(stretch.CompletedAt),
    })];

    private JinjaDict ToDict() => new()
    {
        ["status"] = result.Status,
        ["timing"] = Timing(NodeResult.Instant),
        ["thread_id"] = result.ThreadId,
        ["execution_time"] = result.ExecutionSeconds,
        ["adapter_response"] = PlainObject.ToDict(result.AdapterResponse),
        ["message"] = result.Message,
        ["failures"] = result.Failures,
        ["unique_id"] = result.Node.Id,
        ["node"] = picture,
    };
}
