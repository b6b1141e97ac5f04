using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Context;

/// <summary>Python's times in templates.</summary>
public sealed class DateTimeTests
{
    [Theory]
    [InlineData("modules.datetime.time(1, 2)", "01:02:00")]
    [InlineData("modules.datetime.time(23, 59, 58, 5).isoformat()", "23:59:58.000005")]
    [InlineData("modules.datetime.datetime(2024, 5, 6, 7, 8, 9).time()", "07:08:09")]
    [InlineData("modules.datetime.datetime.combine(modules.datetime.date(2024, 5, 6), modules.datetime.time(7, 8))", "2024-05-06 07:08:00")]
    [InlineData("modules.datetime.datetime(2024, 12, 30).isocalendar()[0]", "2025")]
    [InlineData("modules.datetime.date(2024, 5, 6).toordinal()", "739012")]
    [InlineData("modules.datetime.datetime(2024, 5, 6, 7, 8, 9).isoformat(timespec='minutes')", "2024-05-06T07:08")]
    [InlineData("modules.datetime.datetime.max", "9999-12-31 23:59:59.999999")]
    [InlineData("'{:%d/%m/%Y}'.format(modules.datetime.date(2024, 5, 6))", "06/05/2024")]
    public async Task Times_are_as_in_Python(string expression, string expected)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/say.sql", "{% macro say() %}{% do print(" + expression + ") %}{% endmacro %}");
        Assert.Equal(expected, (await project.RunAsync("run-operation", "say")).Ok().Out.Trim());
    }
}
