using Tributary.Core.Models.Parsing.Tests;
using Tributary.Core.Graph;

namespace Tributary.Tests.Models;

public sealed class GenericTestTests
{
    [Fact]
    public void Tests_are_named_and_numbered_as_dbt_does()
    {
        using var folder = new DbtFolder("""
            --- dbt_project.yml
            name: jaffle_shop
            --- models/customers.sql
            select 1 as customer_id
            --- models/orders.sql
            select 1 as customer_id from {{ ref('customers') }}
            --- models/schema.yml
            models:
              - name: customers
                columns:
                  - name: customer_id
                    tests: [unique, not_null]
              - name: orders
                columns:
                  - name: customer_id
                    tests:
                      - relationships:
                          to: ref('customers')
                          field: customer_id
            """);
        var tests = folder.Load().Parsed.Nodes.Where(node => node.Kind == NodeKind.Test).ToList();
        Assert.Equal(
            [
                "test.jaffle_shop.unique_customers_customer_id.c5af1ff4b1",
                "test.jaffle_shop.not_null_customers_customer_id.5c9bf9911d",
                "test.jaffle_shop.relationships_orders_customer_id__customer_id__ref_customers_.c6ec7f58f2",
            ],
            tests.Select(test => test.Id));
        Assert.Equal(["model.jaffle_shop.orders", "model.jaffle_shop.customers"], tests[2].DependsOn.Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void A_name_of_64_characters_is_cut_and_hashed()
    {
        var name = TestName.Of("accepted_values", "orders", new Dictionary<string, object?>
        {
            ["column_name"] = "status",
            ["values"] = new List<object?> { "placed", "shipped", "completed", "return_pending", "returned" },
            ["model"] = "x",
        });
        Assert.Equal("accepted_values_orders_status__placed__shipped__completed__return_pending__returned", name.Full);
        Assert.Equal("accepted_values_orders_1ce6ab157c285f7cd2ac656013faf758", name.Short);
    }

    [Theory]
    [InlineData("accepted_values_orders_status__placed__shipped__completed__return_pending__returned", "accepted_values", null, "be6b5b5ec3")]
    [InlineData("x", "expression_is_true", "dbt_utils", "ad5d69ce46")]
    public void Numbers_are_those_of_dbts_manifest(string name, string test, string? package, string hash)
    {
        var arguments = package is null
            ? new Dictionary<string, object?>
            {
                ["values"] = new List<object?> { "placed", "shipped", "completed", "return_pending", "returned" },
                ["column_name"] = "status",
                ["model"] = "{{ get_where_subquery(ref('orders')) }}",
            }
            : new Dictionary<string, object?>
            {
                ["expression"] = "a > 1.0",
                ["flag"] = true,
                ["n"] = 1.5,
                ["d"] = new Dictionary<string, object?> { ["b"] = new List<object?> { 1L, null, "x'y" }, ["a"] = false },
                ["column_name"] = "c",
                ["model"] = "{{ get_where_subquery(ref('m')) }}",
            };
        Assert.Equal(hash, TestName.Hash(name, test, package, arguments));
    }

    [Fact]
    public void Arguments_and_configuration_are_told_apart()
    {
        using var folder = new DbtFolder("""
            --- macros/positive.sql
            {% test positive(model, column_name, least=0) %}
            select * from {{ model }} where {{ column_name }} < {{ least }}
            {% endtest %}
            --- models/a.sql
            select 1 as id
            --- models/schema.yml
            models:
              - name: a
                data_tests:
                  - positive:
                      name: own_name
                      arguments: {column_name: id, least: 3}
                      config: {severity: warn, where: "id > 1"}
                columns:
                  - name: id
                    data_tests:
                      - positive: {least: 2, severity: warn, error_if: ">10"}
            """);
        var tests = folder.Load().Parsed.Nodes.Where(node => node.Kind == NodeKind.Test).ToList();
        Assert.Equal(["own_name", "positive_a_id__2"], tests.Select(test => test.Name));
        Assert.Equal(("warn", "id > 1", "!= 0"), (tests[0].Config.Text("severity"), tests[0].Config.Text("where"), tests[0].Config.Text("error_if")));
        Assert.Equal(3L, tests[0].Test!.Arguments["least"]);
        Assert.Equal((">10", "count(*)"), (tests[1].Config.Text("error_if"), tests[1].Config.Text("fail_calc")));
    }

    [Fact]
    public void An_unknown_test_is_named_with_the_nearest()
    {
        using var folder = new DbtFolder("""
            --- models/a.sql
            select 1 as id
            --- models/schema.yml
            models: [{name: a, columns: [{name: id, tests: [not_nul]}]}]
            """);
        Assert.Equal(["models/schema.yml:1:49: TRB0111: there is no generic test 'not_nul'"], folder.Problems());
    }
}
